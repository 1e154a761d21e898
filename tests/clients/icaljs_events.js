// What ical.js makes of the calendar on standard input, in the lines of libical_events.c.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

// It knows no zone but UTC by itself: a wall time resolves from the file or not at all.
const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
const fault = (what) => console.log(`fault\t${what}`);

function moment(time, uid) {
  if (time.zone === ICAL.Timezone.localTimezone) fault(`floating time in ${uid}`);
  const utc = new Date(time.toUnixTime() * 1000).toISOString().slice(0, 19);
  return [time.toString().slice(0, 19), utc];
}

for (const component of calendar.getAllSubcomponents("vevent")) {
  const event = new ICAL.Event(component);
  const moments = [event.startDate, event.endDate].flatMap((time) => moment(time, event.uid));
  console.log(["event", event.uid, ...moments].join("\t"));
}
