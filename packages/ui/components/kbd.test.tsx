import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Kbd } from "./kbd";
import { SearchInput } from "./search-input";

afterEach(cleanup);

test("a key that hangs on a control is hidden from fingers, whatever else shows it", () => {
  render(<SearchInput hasShortcut label="Search" value="" onValueChange={() => {}} />);
  expect(screen.getByText("/").className).toMatch(/pointer-coarse:hidden!.*max-sm:hidden!/);
});

test("a key that is told of is shown everywhere", () => {
  render(<Kbd>Esc</Kbd>);
  expect(screen.getByText("Esc").className).not.toContain("hidden");
});
