import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { CopyButton } from "./copy-button";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("copies the value and says so", async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  render(<CopyButton value="upgrade-button-test" label="Copy slug" />);
  fireEvent.click(screen.getByRole("button", { name: "Copy slug" }));
  await screen.findByText("Copied");
  expect(writeText).toHaveBeenCalledWith("upgrade-button-test");
});

test("says so when the browser refuses the clipboard", async () => {
  vi.stubGlobal("navigator", {
    clipboard: { writeText: () => Promise.reject(new DOMException("denied", "NotAllowedError")) },
  });
  render(<CopyButton value="upgrade-button-test" />);
  fireEvent.click(screen.getByRole("button"));
  await screen.findByText("Could not copy");
});

test("says so where there is no clipboard at all, as on plain http", async () => {
  vi.stubGlobal("navigator", {});
  render(<CopyButton value="upgrade-button-test" />);
  fireEvent.click(screen.getByRole("button"));
  await screen.findByText("Could not copy");
});
