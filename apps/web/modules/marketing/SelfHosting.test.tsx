import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import manifest from "../../../../package.json";
import { SelfHosting } from "./SelfHosting";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

test("each command has a button that is named after it, and copies the command alone", async () => {
  const writeText = vi.fn(async () => undefined);
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  render(<SelfHosting locale="en" />);
  const buttons = screen.getAllByRole("button");
  expect(buttons.map((button) => button.getAttribute("aria-label"))).toEqual([
    "Copy “npm start”",
    "Copy “DATABASE_URL=postgresql://db.internal/calcom npm start”",
  ]);
  for (const button of buttons) fireEvent.click(button);
  await screen.findAllByText("Copied");
  expect(writeText.mock.calls).toEqual([
    ["npm start"],
    ["DATABASE_URL=postgresql://db.internal/calcom npm start"],
  ]);
  cleanup();
  render(<SelfHosting locale="de" />);
  screen.getByRole("button", { name: "„npm start“ kopieren" });
});

test("the commands are those of this repository, and wrap where they have no room", () => {
  render(<SelfHosting locale="en" />);
  for (const code of document.querySelectorAll("code")) {
    const script = /npm (\S+)$/m.exec(code.textContent ?? "")?.[1] ?? "";
    expect(Object.keys(manifest.scripts)).toContain(script);
    expect(code.parentElement?.className).toContain("whitespace-pre-wrap");
  }
});
