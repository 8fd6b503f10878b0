import { expect, test } from "vitest";
import {
  type CountedBy,
  type RecordedRow,
  whyConversionNotCounted,
  whyExposureNotCounted,
} from "./not-counted";

const at = (hour: number) => new Date(Date.UTC(2026, 10, 3, hour));
const row: RecordedRow = { exposedAt: at(10), isImported: false, isLater: false };
const counted: CountedBy = { windowDays: 1, endedAt: null, events: new Set(["bought"]) };
const bought = (hour: number) => ({ event: "bought", occurredAt: at(hour) });

test("an exposure counts unless a flag gave it, the end came before, or another browser did", () => {
  expect(whyExposureNotCounted(row, counted)).toBeNull();
  expect(whyExposureNotCounted({ ...row, isImported: true }, counted)).toBe("imported");
  expect(whyExposureNotCounted(row, { ...counted, endedAt: at(10) })).toBe("after_end");
  expect(whyExposureNotCounted(row, { ...counted, endedAt: at(11) })).toBeNull();
  expect(whyExposureNotCounted({ ...row, isLater: true }, counted)).toBe("other_browser");
});

test("a conversion counts from the exposure until the window closes or the experiment ends", () => {
  expect(whyConversionNotCounted(bought(9), row, counted)).toBe("before_exposure");
  expect(whyConversionNotCounted(bought(10), row, counted)).toBeNull();
  expect(whyConversionNotCounted(bought(33), row, counted)).toBeNull();
  expect(whyConversionNotCounted(bought(34), row, counted)).toBe("late");
  expect(whyConversionNotCounted(bought(12), row, { ...counted, endedAt: at(12) })).toBe("after_end");
  expect(whyConversionNotCounted(bought(12), { ...row, isImported: true }, counted)).toBe("imported");
});

test("an event that no metric counts is in no result; of a damaged experiment nobody knows", () => {
  const clicked = { event: "clicked", occurredAt: at(12) };
  expect(whyConversionNotCounted(clicked, row, counted)).toBe("no_metric");
  expect(whyConversionNotCounted(clicked, row, { ...counted, events: null })).toBeNull();
});
