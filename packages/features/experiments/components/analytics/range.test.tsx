import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { RangeView } from "../../results/range-types";
import { renderInEnglish } from "../testing/in-english";
import { type RangePort, RangeSection } from "./RangeSection";

afterEach(cleanup);

const aView = (changes: Partial<RangeView> = {}): RangeView => ({
  slug: "upgrade",
  asOf: "2026-11-05T12:30:00.000Z",
  from: "2026-11-03",
  to: "2026-11-04",
  first: "2026-11-03",
  last: "2026-11-05",
  windowDays: 7,
  control: "control",
  variants: ["urgent", "control"],
  exposed: { urgent: 250, control: 240 },
  isWithheld: false,
  isCounted: true,
  phases: 1,
  metrics: [
    {
      key: "upgrade",
      name: "Upgrade",
      role: "primary",
      kind: "conversion",
      rows: [
        { variant: "urgent", subjects: 200, converted: 40, value: 0.2 },
        { variant: "control", subjects: 190, converted: 19, value: 0.1 },
      ],
    },
  ],
  ...changes,
});

function show(changes: Partial<RangePort> = {}) {
  const onChange = vi.fn();
  const port: RangePort = {
    from: "2026-11-03",
    to: "2026-11-04",
    today: "2026-11-10",
    onChange,
    state: { status: "ready", view: aView() },
    ...changes,
  };
  renderInEnglish(<RangeSection {...port} />);
  return onChange;
}

test("both days are described by the zone that they are counted in", () => {
  show();
  for (const name of ["From", "To"]) {
    const ids = screen.getByLabelText(name).getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(ids)?.textContent).toBe("Days are counted in UTC.");
  }
});

test("counts and rates by variant, each after its name for phones, control first, and nothing compared", () => {
  show();
  const rows = screen.getAllByRole("row").map(({ textContent }) => textContent);
  expect(rows.slice(1)).toEqual([
    "controlExposed240Window closed190Upgrade10.0%19 of 190",
    "urgentExposed250Window closed200Upgrade20.0%40 of 200",
  ]);
  screen.getByText(/Descriptive only.*nothing is compared and the verdict doesn’t change/);
  expect(document.body.textContent).not.toMatch(/p =|chance to|lift|better than|% to [+−]/);
});

test("days are typed in named fields or chosen by a button", () => {
  const onChange = show();
  fireEvent.change(screen.getByLabelText("From"), { target: { value: "2026-11-01" } });
  expect(onChange).toHaveBeenLastCalledWith({ from: "2026-11-01", to: "2026-11-04" });
  fireEvent.click(screen.getByRole("button", { name: "Last 7 days" }));
  expect(onChange).toHaveBeenLastCalledWith({ from: "2026-11-04", to: "2026-11-10" });
  fireEvent.click(screen.getByRole("button", { name: "Clear dates" }));
  expect(onChange).toHaveBeenLastCalledWith({ from: "", to: "" });
});

test("an end before the start is refused at its field", () => {
  show({ from: "2026-11-09", state: { status: "loading" } });
  const field = screen.getByLabelText("To");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(within(screen.getByRole("alert")).getByText(/on or after the start/).id).toBe(
    field.getAttribute("aria-describedby")?.split(" ")[0],
  );
});

test("nothing is shown until days are chosen, and what is missing is said", () => {
  show({ from: "", to: "", state: { status: "loading" } });
  expect(screen.queryByRole("table")).toBeNull();
  cleanup();
  show({ state: { status: "ready", view: aView({ metrics: [], isWithheld: true, phases: 2 }) } });
  screen.getByText("Metrics that can’t be compared yet are hidden here too.");
  screen.getByText(/The split or traffic changed in this range/);
  expect(screen.getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual([
    "Variant",
    "Exposed",
  ]);
  cleanup();
  show({ state: { status: "ready", view: aView({ exposed: { urgent: 0, control: 0 } }) } });
  screen.getByText(/No one was exposed on these days\. The first exposure was on 2026-11-03/);
  cleanup();
  show({ state: { status: "ready", view: null } });
  screen.getByText("No one has been exposed yet.");
  cleanup();
  show({ state: { status: "error", message: "It takes too long.", onRetry: () => undefined } });
  screen.getByText("It takes too long.");
});

test.each([
  [{ isChosenAfterStart: true }, "Upgrade (chosen after the start)"],
  [{ isChosenAfterStart: true, isRedefined: true }, "Upgrade (redefined after the start)"],
] as const)("a metric with the mark %o has it in the table of a range", (mark, name) => {
  const view = aView();
  show({
    state: { status: "ready", view: { ...view, metrics: view.metrics.map((one) => ({ ...one, ...mark })) } },
  });
  screen.getByRole("columnheader", { name });
});
