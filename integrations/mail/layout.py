"""Where headers, words and calendar object stand in a mail (RFC 2046).

Each form is filled by `str.format` with what is ASCII and safe already. Its constant
lines are those of Python's `EmailMessage`, which parses every one of them in every mail
and takes five times as long.
"""

# RFC 3834 5: Auto-Submitted, so that no vacation notice answers it.
HEADERS = """\
{sender}{recipient}{reply_to}{subject}\
Date: {date}
Message-ID: {message_id}
Auto-Submitted: auto-generated
MIME-Version: 1.0
"""
WORDS = """\
--{words}
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

{plain}
--{words}
Content-Type: text/html; charset="utf-8"
Content-Transfer-Encoding: quoted-printable
MIME-Version: 1.0

{html}
"""
LETTER = f"""\
{HEADERS}\
Content-Type: multipart/alternative;
 boundary="{{words}}"
{{language}}
{WORDS}\
--{{words}}--
"""
INVITATION = f"""\
{HEADERS}\
Content-Type: multipart/mixed; boundary="{{whole}}"
{{language}}
--{{whole}}
Content-Type: multipart/alternative;
 boundary="{{words}}"

{WORDS}\
--{{words}}
Content-Transfer-Encoding: base64
Content-Type: text/calendar; charset="utf-8"; method="{{method}}"
MIME-Version: 1.0

{{calendar}}
--{{words}}--

--{{whole}}
Content-Transfer-Encoding: base64
Content-Disposition: attachment; filename="invite.ics"
Content-Type: application/ics; name="invite.ics"
MIME-Version: 1.0

{{calendar}}
--{{whole}}--
"""
