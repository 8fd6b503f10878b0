import { cleanup, fireEvent, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { renderInEnglish } from "../testing/in-english";
import { fromLocal, oddityOf, toLocal } from "./local-time";
import { MomentInput } from "./MomentInput";

afterEach(() => {
  cleanup();
  vi.unstubAllEnvs();
});

/** A form that keeps what is chosen in UTC, as all of ours do. */
function Form({ first }: { first: string | null }) {
  const [value, setValue] = useState(first);
  return (
    <>
      <MomentInput aria-label="When" className="w-full" value={value} onChange={setValue} />
      <code>{value}</code>
    </>
  );
}

function show(zone: string, first: string | null = null) {
  vi.stubEnv("TZ", zone);
  renderInEnglish(<Form first={first} />);
  const control = screen.getByLabelText("When") as HTMLInputElement;
  return {
    control,
    type: (text: string) => fireEvent.change(control, { target: { value: text } }),
    chosen: () => document.querySelector("code")?.textContent,
    said: () => screen.getByRole("status").textContent,
  };
}

describe("a time that is typed", () => {
  test.each([
    ["Europe/Berlin", "2027-03-28T02:30", "2027-03-28T01:30:00.000Z", "28 Mar 2027, 03:30 GMT+2"],
    ["America/New_York", "2027-03-14T02:30", "2027-03-14T07:30:00.000Z", "14 Mar 2027, 03:30 EDT"],
    // By half an hour, and at midnight.
    ["Australia/Lord_Howe", "2027-10-03T02:15", "2027-10-02T15:45:00.000Z", "3 Oct 2027, 02:45 GMT+11"],
    ["America/Santiago", "2027-09-05T00:30", "2027-09-05T04:30:00.000Z", "5 Sep 2027, 01:30 GMT-3"],
  ])(
    "in %s, and that the clocks skip, stays as it is and says what is meant: %s",
    (zone, text, utc, words) => {
      const { control, type, chosen, said } = show(zone);
      type(text);
      expect([control.value, chosen(), said()]).toEqual([
        text,
        utc,
        `This time doesn’t exist because the clocks go forward. ${words} is used instead.`,
      ]);
      type(text.replace(/..:..$/, "12:00"));
      expect(said()).toBe("");
    },
  );

  test.each([
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30:00.000Z", "2026-11-01T06:30:00.000Z"],
    ["Australia/Lord_Howe", "2027-04-04T01:45", "2027-04-03T14:45:00.000Z", "2027-04-03T15:15:00.000Z"],
  ])("in %s, and that comes twice, says which is meant: %s", (zone, text, first, second) => {
    const { type, chosen, said } = show(zone);
    type(text);
    expect(chosen()).toBe(first);
    const saidOfFirst = said();
    expect(saidOfFirst).toContain("This time occurs twice because the clocks go back.");
    cleanup();
    // The second one, as it was stored, stays until somebody types.
    const again = show(zone, second);
    expect([again.control.value, again.chosen()]).toEqual([text, second]);
    expect(again.said()).toContain("This time occurs twice because the clocks go back.");
    expect(again.said()).not.toBe(saidOfFirst);
  });

  test("digit by digit is not taken away, though its year is one of the first at first", () => {
    const { control, type } = show("Europe/Berlin");
    for (const text of ["0002-11-23T10:00", "0020-11-23T10:00", "0203-11-23T10:00", "2031-11-23T10:00"]) {
      type(text);
      expect(control.value).toBe(text);
    }
  });
});

test("every hour of a year comes back as it was chosen, in each zone, with a word on those hours alone that need one", () => {
  for (const [zone, odd] of [
    ["Europe/Berlin", 2],
    ["Australia/Lord_Howe", 1],
    ["Asia/Kolkata", 0],
    ["UTC", 0],
  ] as const) {
    vi.stubEnv("TZ", zone);
    let found = 0;
    for (let hour = 0; hour < 365 * 24; hour++) {
      const moment = new Date(Date.UTC(2027, 0, 1, hour)).toISOString();
      const shown = toLocal(moment);
      const oddity = oddityOf(shown, moment);
      if (oddity !== null) found++;
      if (oddity !== "second") expect(fromLocal(shown)).toBe(moment);
    }
    expect([zone, found]).toEqual([zone, odd]);
  }
});
