import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { ExperimentStatus, statusKeys, statusText } from "./ExperimentStatus";
import { renderInEnglish, t, textIn } from "./testing/in-english";

afterEach(cleanup);

test.each(["draft", "concluded", "archived"] as const)(
  "what is turned off says so beside its status, with the sign of what is off: %s",
  (status) => {
    const { container } = renderInEnglish(<ExperimentStatus status={status} isTurnedOff />);
    expect(container.textContent).toBe(`${t(statusKeys[status])}, turned off`);
    expect(container.innerHTML).toContain("text-destructive");
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
