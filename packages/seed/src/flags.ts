import type { FeatureType } from "@calcom/prisma/client";

interface DemoFlag {
  slug: string;
  type: FeatureType;
  enabled: boolean;
  description: string;
  stale?: true;
  /** The teams that differ from everybody else. */
  teams?: Record<string, boolean>;
}

export const flags: readonly DemoFlag[] = [
  {
    slug: "new-booker",
    type: "RELEASE",
    enabled: false,
    description: "The booking page rewritten: time zones first, one column on phones.",
    teams: { "design-studio": true },
  },
  {
    slug: "calendar-v1",
    type: "RELEASE",
    enabled: true,
    description: "The calendar sync before last.",
    stale: true,
  },
  {
    slug: "sms-reminders",
    type: "OPERATIONAL",
    enabled: true,
    description: "Sends reminders by SMS an hour before a booking.",
  },
  {
    slug: "stop-emails",
    type: "KILL_SWITCH",
    enabled: false,
    description: "Stops every outgoing email. For incidents only.",
  },
  {
    slug: "insights",
    type: "PERMISSION",
    enabled: false,
    description: "Booking statistics for organizations that have asked for them.",
    teams: { acme: true },
  },
];
