import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { FilterFold } from "./FilterFold";
import { inEnglish, renderIn, renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const aFold = (set: number) => (
  <FilterFold set={set}>
    <input aria-label="From" />
  </FilterFold>
);
const button = () => screen.getByRole("button", { name: /^Filters/ });
const panel = () => screen.getByLabelText("From").parentElement;
/** What a phone does not show; wider, all of them stand in the row. */
const isFolded = () => panel()?.classList.contains("max-sm:hidden");

test("filters are folded on phones until one is set", () => {
  renderInEnglish(aFold(0));
  expect(isFolded()).toBe(true);
  expect(button().getAttribute("aria-expanded")).toBe("false");
  expect(button().className).toContain("sm:hidden");
  cleanup();
  renderInEnglish(aFold(2));
  expect(isFolded()).toBe(false);
  expect(button().getAttribute("aria-expanded")).toBe("true");
});

test("one that is set from elsewhere unfolds them, but not against whoever folded them", () => {
  const { rerender } = renderInEnglish(aFold(0));
  rerender(inEnglish(aFold(1)));
  expect(isFolded()).toBe(false);
  fireEvent.click(button());
  rerender(inEnglish(aFold(2)));
  expect(isFolded()).toBe(true);
});

test("clearing the last filter leaves them unfolded for whoever unfolded them", () => {
  const { rerender } = renderInEnglish(aFold(0));
  fireEvent.click(button());
  rerender(inEnglish(aFold(1)));
  rerender(inEnglish(aFold(0)));
  expect(isFolded()).toBe(false);
});

test("the button says how many are set, and that in German too", () => {
  renderInEnglish(aFold(0));
  expect(button().textContent).toBe("Filters");
  cleanup();
  renderInEnglish(aFold(2));
  expect(button().textContent).toBe("Filters: 2 set");
  cleanup();
  renderIn("de", aFold(1));
  expect(screen.getByRole("button").textContent).toBe("Filter: 1 gesetzt");
});

test("the button names what it unfolds, and the filters come right after it for the keyboard", () => {
  renderInEnglish(aFold(0));
  expect(button().getAttribute("aria-controls")).toBe(panel()?.id);
  expect(button().nextElementSibling).toBe(panel());
  expect(panel()?.className).not.toMatch(/order-/);
});
