import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ExperimentStatus, statusKeys, statusText } from "./ExperimentStatus";
import { renderInEnglish, t, textIn } from "./testing/in-english";

afterEach(cleanup);

test.each(["draft", "concluded", "archived"] as const)(
  "what is turned off says so beside its status, with the sign of a stop, which is no error: %s",
  (status) => {
    const { container } = renderInEnglish(<ExperimentStatus status={status} isTurnedOff />);
    expect(container.textContent).toBe(`${t(statusKeys[status])}, turned off`);
    const { tone, shape } = container.querySelector<HTMLElement>("[data-slot=status-dot]")?.dataset ?? {};
    expect([tone, shape]).toEqual(["muted", "stop"]);
    expect(statusText({ status, isTurnedOff: true }, textIn("de"))).toMatch(/, abgeschaltet$/);
  },
);

test("what is off while it is under way says so once", () => {
  expect(statusText({ status: "off", isTurnedOff: true }, t)).toBe("Turned off");
});

test("what is overdue says so after its status", () => {
  const standing = { status: "running", isTurnedOff: false, isOverdue: true } as const;
  expect(statusText(standing, t)).toBe("Running, overdue");
  expect(statusText(standing, textIn("de"))).toBe("Läuft, überfällig");
});
