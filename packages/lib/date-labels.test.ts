import { expect, it } from "vitest";
import {
  dateLabel,
  dayKey,
  dayLabel,
  momentInZoneLabel,
  momentLabel,
  nearDateLabel,
  timeLabel,
} from "./date-labels";

const lateEvening = new Date("2026-12-31T23:30:00Z");

it.each([
  ["UTC", "23:30", "Thu 31 Dec", "31 Dec 2026", "2026-12-31"],
  ["Europe/Berlin", "00:30", "Fri 1 Jan", "1 Jan 2027", "2027-01-01"],
  ["America/New_York", "18:30", "Thu 31 Dec", "31 Dec 2026", "2026-12-31"],
])("writes time, day and date as they are in %s", (zone, time, day, date, key) => {
  expect(timeLabel(lateEvening, zone, "en")).toBe(time);
  expect(dayLabel(lateEvening, zone, "en")).toBe(day);
  expect(dateLabel(lateEvening, zone, "en")).toBe(date);
  expect(dayKey(lateEvening, zone)).toBe(key);
});

it("writes the day of a month as German does", () => {
  expect(dayLabel(lateEvening, "UTC", "de")).toBe("Do 31. Dez");
  expect(dateLabel(lateEvening, "UTC", "de")).toBe("31. Dez 2026");
});

it("leaves out the year where it is the one in which the zone is now", () => {
  const now = Date.parse("2026-12-31T12:00:00Z");
  expect(nearDateLabel(lateEvening, "UTC", "en", now)).toBe("31 Dec");
  expect(nearDateLabel(lateEvening, "UTC", "de", now)).toBe("31. Dez");
  expect(nearDateLabel(lateEvening, "Europe/Berlin", "en", now)).toBe("1 Jan 2027");
});

it("writes a moment as its date and its time, in every language", () => {
  expect(momentLabel(lateEvening, "UTC", "en")).toBe("31 Dec 2026, 23:30");
  expect(momentLabel(lateEvening, "Europe/Berlin", "de")).toBe("1. Jan 2027, 00:30");
});

it("names the zone of a moment, where people in several read it", () => {
  expect(momentInZoneLabel(lateEvening, "UTC", "en")).toBe("31 Dec 2026, 23:30 UTC");
  expect(momentInZoneLabel(lateEvening, "Europe/Berlin", "de")).toBe("1. Jan 2027, 00:30 MEZ");
});

it("writes midnight as the start of a day", () => {
  expect(timeLabel(new Date("2026-11-24T00:00:00Z"), "UTC", "en")).toBe("00:00");
});
