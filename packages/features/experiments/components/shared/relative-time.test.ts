import { expect, test } from "vitest";
import { relativeTime } from "./relative-time";

const now = new Date("2026-11-23T12:00:00Z");

test.each([
  ["2026-11-23T11:59:30Z", "now"],
  ["2026-11-23T12:00:05Z", "now"],
  ["2026-11-23T11:58:01Z", "1 min. ago"],
  ["2026-11-23T10:00:00Z", "2 hr. ago"],
  ["2026-11-22T11:00:00Z", "yesterday"],
  ["2026-11-20T12:00:00Z", "3 days ago"],
  ["2026-10-20T12:00:00Z", "1 mo. ago"],
  ["2025-11-20T12:00:00Z", "1 yr. ago"],
])("%s was %s", (date, words) => expect(relativeTime(new Date(date), now, "en")).toBe(words));
