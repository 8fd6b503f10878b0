import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { useShortcut } from "../lib/shortcuts";
import { SearchInput } from "./search-input";
import { ShortcutsSheet } from "./shortcuts-sheet";

const run = { create: vi.fn(), home: vi.fn(), flags: vi.fn() };

afterEach(() => {
  cleanup();
  localStorage.clear();
  dispatchEvent(new StorageEvent("storage", { key: "keyboard-shortcuts" }));
  for (const mock of Object.values(run)) mock.mockReset();
});

function Page({ mayCreate = true }: { mayCreate?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  useShortcut({ keys: "?", label: "Keyboard shortcuts", scope: "everywhere" }, () => setOpen(true));
  useShortcut({ keys: "g h", label: "Home", scope: "everywhere" }, run.home);
  useShortcut({ keys: "g f", label: "Flags", scope: "everywhere" }, run.flags);
  useShortcut({ keys: "n", label: "New experiment", isEnabled: mayCreate }, run.create);
  return (
    <>
      <SearchInput label="Search" value="" onValueChange={() => {}} hasShortcut />
      <textarea aria-label="Notes" />
      <button type="button" role="combobox" aria-expanded={false} aria-controls="none">
        Status
      </button>
      <ShortcutsSheet
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Keyboard shortcuts"
        description="Wherever you are not typing."
        pageTitle="On this page"
        everywhereTitle="Everywhere"
        thenLabel="then"
        switchLabel="Enable keyboard shortcuts"
        closeLabel="Close"
      />
    </>
  );
}

const press = (key: string, init: KeyboardEventInit = {}, on: Element = document.body) =>
  fireEvent.keyDown(on, { key, ...init });

test("a key acts on the page, and not while somebody types or chooses", () => {
  render(<Page />);
  press("n", {}, screen.getByLabelText("Notes"));
  press("n", {}, screen.getByLabelText("Search"));
  press("n", {}, screen.getByRole("combobox"));
  expect(run.create).not.toHaveBeenCalled();
  press("n");
  press("N");
  expect(run.create).toHaveBeenCalledTimes(2);
});

test("keys with a modifier, held down, or within a composition are left to the browser", () => {
  render(<Page />);
  for (const init of [{ ctrlKey: true }, { metaKey: true }, { altKey: true }, { shiftKey: true }])
    press("n", init);
  press("n", { repeat: true });
  press("n", { isComposing: true });
  expect(run.create).not.toHaveBeenCalled();
});

test("a sequence is two keys one after the other, and any other key breaks it off", () => {
  render(<Page />);
  press("g");
  press("f");
  press("h");
  expect(run.flags).toHaveBeenCalledOnce();
  press("g");
  press("n");
  press("h");
  expect(run.create).toHaveBeenCalledOnce();
  expect(run.home).not.toHaveBeenCalled();
});

test("a slash goes to the search without being typed into it", () => {
  render(<Page />);
  expect(press("/")).toBe(false);
  expect(document.activeElement).toBe(screen.getByLabelText("Search"));
});

test("the sheet lists what works on this page, and only that", () => {
  const { rerender } = render(<Page />);
  press("?", { shiftKey: true });
  const page = within(screen.getByRole("region", { name: "On this page" }));
  expect(page.getAllByRole("term").map((term) => term.textContent)).toEqual(["Search", "New experiment"]);
  const everywhere = within(screen.getByRole("region", { name: "Everywhere" }));
  expect(everywhere.getAllByRole("definition").map((keys) => keys.textContent)).toEqual([
    "?",
    "gthenh",
    "gthenf",
  ]);
  rerender(<Page mayCreate={false} />);
  expect(screen.queryByText("New experiment")).toBeNull();
});

test("nothing acts behind an open dialog", () => {
  render(<Page />);
  press("?");
  press("n");
  expect(run.create).not.toHaveBeenCalled();
});

test("who turns them off is left alone by every one of them, after coming back too", () => {
  const { unmount } = render(<Page />);
  press("?");
  fireEvent.click(screen.getByRole("switch", { name: "Enable keyboard shortcuts" }));
  fireEvent.keyDown(screen.getByRole("dialog"), { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  unmount();
  // As another page would read it.
  act(() => void dispatchEvent(new StorageEvent("storage", { key: "keyboard-shortcuts" })));
  render(<Page />);
  for (const key of ["n", "/", "?"]) press(key);
  expect(run.create).not.toHaveBeenCalled();
  expect(screen.queryByRole("dialog")).toBeNull();
  expect(document.activeElement).toBe(document.body);
  expect(screen.getByLabelText("Search").hasAttribute("aria-keyshortcuts")).toBe(false);
});
