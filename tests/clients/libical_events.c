/* What libical makes of the calendar on standard input, one tab-separated line each:
 *   fault  WHAT
 *   event  UID  WALL-START  UTC-START  WALL-END  UTC-END
 * Unknown tokens are faults, and so is what RFC 5545 or RFC 5546 does not allow. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *read_all(void)
{
    size_t size = 0, room = 1 << 16, got;
    char *text = malloc(room + 1);
    while ((got = fread(text + size, 1, room - size, stdin)) > 0) {
        size += got;
        if (size == room)
            text = realloc(text, (room *= 2) + 1);
    }
    text[size] = '\0';
    return text;
}

/* icalrestriction_check leaves its findings as X-LIC-ERROR beside the parser's. */
static void print_faults(icalcomponent *component)
{
    icalproperty *fault =
        icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY);
    for (; fault;
         fault = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
        printf("fault\t%s\n", icalproperty_get_xlicerror(fault));
    icalcompiter inside =
        icalcomponent_begin_component(component, ICAL_ANY_COMPONENT);
    for (; icalcompiter_deref(&inside); icalcompiter_next(&inside))
        print_faults(icalcompiter_deref(&inside));
}

static void print_moment(icaltimetype wall)
{
    icaltimetype utc = icaltime_convert_to_zone(wall, icaltimezone_get_utc_timezone());
    printf("\t%04d-%02d-%02dT%02d:%02d:%02d", wall.year, wall.month, wall.day,
           wall.hour, wall.minute, wall.second);
    printf("\t%04d-%02d-%02dT%02d:%02d:%02d", utc.year, utc.month, utc.day, utc.hour,
           utc.minute, utc.second);
}

int main(void)
{
    ical_set_unknown_token_handling_setting(ICAL_TREAT_AS_ERROR);
    icalcomponent *calendar = icalparser_parse_string(read_all());
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        printf("fault\tno VCALENDAR\n");
        return 0;
    }
    if (!icalrestriction_check(calendar))
        printf("fault\trestrictions not met\n");
    print_faults(calendar);
    icalcomponent *event =
        icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
    for (; event;
         event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
        printf("event\t%s", icalcomponent_get_uid(event));
        print_moment(icalcomponent_get_dtstart(event));
        print_moment(icalcomponent_get_dtend(event));
        printf("\n");
    }
    return 0;
}
