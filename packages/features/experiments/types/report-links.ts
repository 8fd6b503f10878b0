import { number } from "@calcom/lib/gate/numbers";
import { text } from "@calcom/lib/gate/text";

/** How long a link to a report may work, in days. */
export const REPORT_LINK_DAYS = [1, 7, 30, 90] as const;
export type ReportLinkDays = (typeof REPORT_LINK_DAYS)[number];

export const reportLinkDaysSchema = number()
  .int()
  .refine((days): days is ReportLinkDays => REPORT_LINK_DAYS.some((known) => known === days));

/** By which a link is taken back. */
export const linkIdSchema = text(32).regex(/^[0-9a-f]{32}$/);

/** What opens a report: 32 bytes in base64url. */
export const reportTokenSchema = text(43).regex(/^[\w-]{43}$/);
