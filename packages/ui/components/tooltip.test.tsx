import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Hint, TooltipProvider } from "./tooltip";

globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
afterEach(cleanup);

function word(): HTMLElement {
  render(
    <TooltipProvider>
      <Hint text="Relative to control">Lift</Hint>
    </TooltipProvider>,
  );
  return screen.getByRole("button", { name: "Lift" });
}

const explanation = () => screen.queryByRole("tooltip")?.textContent;

test("a hint is read out with its word by whoever comes to it by keyboard", async () => {
  const lift = word();
  fireEvent.focus(lift);
  await waitFor(() => expect(explanation()).toBe("Relative to control"));
  expect(lift.getAttribute("aria-describedby")).toBe(screen.getByRole("tooltip").id);
  fireEvent.blur(lift);
  await waitFor(() => expect(explanation()).toBeUndefined());
});

test("a tap opens it, and another one does not take it away; Escape does", async () => {
  const lift = word();
  for (const _tap of [1, 2]) {
    fireEvent.pointerDown(lift, { pointerType: "touch" });
    fireEvent.focus(lift);
    fireEvent.pointerUp(document, { pointerType: "touch" });
    fireEvent.click(lift);
    await waitFor(() => expect(explanation()).toBe("Relative to control"));
  }
  fireEvent.keyDown(document, { key: "Escape" });
  await waitFor(() => expect(explanation()).toBeUndefined());
});
