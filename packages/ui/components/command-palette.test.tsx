import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { useShortcut } from "../lib/shortcuts";
import { CommandPalette, type CommandPaletteProps } from "./command-palette";

const run = { list: vi.fn(), flags: vi.fn(), create: vi.fn() };

afterEach(() => {
  cleanup();
  for (const mock of Object.values(run)) mock.mockReset();
});

function Page(props: Partial<CommandPaletteProps>) {
  const [isOpen, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  useShortcut({ keys: "mod+k", label: "Go to", scope: "everywhere" }, () => setOpen(true));
  return (
    <>
      <button type="button">Before</button>
      <textarea aria-label="Notes" />
      <CommandPalette
        isOpen={isOpen}
        onOpenChange={setOpen}
        title="Go to"
        description="Find"
        searchLabel="Find anything"
        query={query}
        onQueryChange={setQuery}
        groups={[
          {
            title: "Pages",
            items: [
              { id: "list", label: "Experiments", run: run.list },
              { id: "flags", label: "Flags", detail: "flags", run: run.flags },
            ].filter(({ label }) => label.toLowerCase().includes(query)),
          },
          { title: "Commands", items: query === "" ? [{ id: "new", label: "New", run: run.create }] : [] },
        ]}
        isLoading={false}
        error={null}
        emptyLabel="Nothing found"
        countLabel="3 results"
        closeLabel="Close"
        keysLabels={{ move: "Choose", open: "Open", close: "Close" }}
        {...props}
      />
    </>
  );
}

const open = (key: Partial<KeyboardEvent> = { ctrlKey: true }, target: Element = document.body) =>
  fireEvent.keyDown(target, { key: "k", ...key });
const field = () => screen.getByRole("combobox", { name: "Find anything" });
const chosen = () => screen.getByRole("option", { selected: true });
const press = (key: string) => fireEvent.keyDown(field(), { key });

test("opens by Ctrl+K, also from where somebody types, and by nothing like it", () => {
  render(<Page />);
  open({});
  open({ ctrlKey: true, shiftKey: true });
  open({ ctrlKey: true, altKey: true });
  open({ metaKey: true });
  expect(screen.queryByRole("dialog")).toBeNull();
  open({ ctrlKey: true }, screen.getByRole("textbox", { name: "Notes" }));
  expect(screen.getByRole("dialog", { name: "Go to" })).toBeTruthy();
  expect(document.activeElement).toBe(field());
});

test("arrows go round over all groups, the field names what is chosen, and Enter runs it", () => {
  render(<Page />);
  open();
  const labels = [chosen().textContent];
  for (let step = 0; step < 3; step++) {
    press("ArrowDown");
    labels.push(chosen().textContent);
    expect(field().getAttribute("aria-activedescendant")).toBe(chosen().id);
  }
  expect(labels).toEqual(["Experiments", "Flagsflags", "New", "Experiments"]);
  press("ArrowUp");
  press("Enter");
  expect(run.create).toHaveBeenCalledOnce();
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what was chosen and is no longer found gives way to the first", () => {
  render(<Page />);
  open();
  press("ArrowDown");
  press("ArrowDown");
  fireEvent.change(field(), { target: { value: "fl" } });
  expect(chosen().textContent).toBe("Flagsflags");
  fireEvent.change(field(), { target: { value: "zzz" } });
  expect(screen.getByText("Nothing found")).toBeTruthy();
  press("ArrowDown");
  press("Enter");
  expect(Object.values(run).every((mock) => mock.mock.calls.length === 0)).toBe(true);
});

test("tells how many there are once they have come, and what went wrong", () => {
  const { rerender } = render(<Page isLoading />);
  open();
  expect(screen.getByRole("listbox").getAttribute("aria-busy")).toBe("true");
  expect(screen.queryByText("3 results")).toBeNull();
  rerender(<Page />);
  expect(screen.getByText("3 results").getAttribute("role")).toBe("status");
  rerender(<Page error="The search failed." />);
  expect(screen.getByRole("alert").textContent).toBe("The search failed.");
});

test("each option has a group whose name is heard", () => {
  render(<Page />);
  open();
  expect(screen.getByRole("group", { name: "Commands" }).contains(screen.getByText("New"))).toBe(true);
});

test("a click runs, and Escape gives the focus back", async () => {
  render(<Page />);
  const before = screen.getByRole("button", { name: "Before" });
  before.focus();
  open({ ctrlKey: true }, before);
  fireEvent.keyDown(field(), { key: "Escape" });
  expect(screen.queryByRole("dialog")).toBeNull();
  await waitFor(() => expect(document.activeElement).toBe(before));
  open();
  fireEvent.click(screen.getByText("Experiments"));
  expect(run.list).toHaveBeenCalledOnce();
});

test("no name and no slug is cut off: what does not fit goes below", () => {
  const item = {
    id: "a",
    label: "A name",
    detail: "Running",
    code: "a-slug-whose-end-tells-it-apart",
    run: run.list,
  };
  render(<Page groups={[{ title: "Experiments", items: [item] }]} />);
  open();
  const option = screen.getByRole("option");
  expect(option.textContent).toBe("A nameRunning\u00a0· a-slug-whose-end-tells-it-apart");
  expect(option.innerHTML).not.toMatch(/\btruncate\b|line-clamp/);
  expect(screen.getByText("A name").parentElement?.className).toContain("flex-wrap");
});

test("keys are explained to whoever has them: not on phones", () => {
  render(<Page />);
  open();
  const hint = document.querySelector("kbd")?.closest("p");
  expect(hint?.className).toContain("pointer-coarse:hidden");
  expect(hint?.className).toContain("max-sm:hidden");
});
