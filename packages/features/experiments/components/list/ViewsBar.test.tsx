import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { type ExperimentListQuery, WHOLE_LIST } from "../../types/list-query";
import type { SavedView } from "../../types/views";
import { renderInEnglish } from "../testing/in-english";
import { ViewsBar } from "./ViewsBar";

afterEach(cleanup);

const mineRunning: SavedView = { name: "Mine, running", filter: { ownerId: 7, status: "running" } };

function show(query: Partial<ExperimentListQuery> = {}, refusal: string | null = null) {
  const port = { onQueryChange: vi.fn(), onSave: vi.fn(async () => refusal), onDelete: vi.fn() };
  renderInEnglish(
    <ViewsBar query={{ ...WHOLE_LIST, ...query }} saved={[mineRunning]} userId={7} attention={3} {...port} />,
  );
  return port;
}

const current = () => screen.queryByRole("button", { current: true })?.textContent.trim() ?? null;

test("has the views that everybody has, then the person's own, and says which is shown", () => {
  show({ page: 3 });
  expect(screen.getAllByRole("listitem").map(({ textContent }) => textContent.trim())).toEqual([
    "All",
    "Needs attention 3",
    "Mine",
    "Running",
    "Drafts",
    "Mine, running",
  ]);
  expect(current()).toBe("All");
});

test("a view replaces every filter, and begins at its first page", () => {
  const { onQueryChange } = show({ search: "flow", needsAttention: true, page: 2 });
  expect(current()).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Mine, running" }));
  expect(onQueryChange).toHaveBeenCalledWith({ ...WHOLE_LIST, ownerId: 7, status: "running" });
});

test("what no view shows can be saved under a name, and a refusal stays beside it", async () => {
  const { onSave } = show({ search: "flow" }, "You can save 20 views. Delete one first.");
  fireEvent.click(screen.getByRole("button", { name: "Save view…" }));
  fireEvent.change(screen.getByLabelText(/View name/), { target: { value: " Flow " } });
  fireEvent.click(screen.getByRole("button", { name: "Save view" }));
  await waitFor(() => expect(screen.getByText("You can save 20 views. Delete one first.")).toBeTruthy());
  expect(onSave).toHaveBeenCalledExactlyOnceWith("Flow");
  onSave.mockResolvedValue(null);
  fireEvent.click(screen.getByRole("button", { name: "Save view" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
});

test("a name that is missing is said at its field, which gets the focus", async () => {
  show({ search: "flow" }, "Enter a name.");
  fireEvent.click(screen.getByRole("button", { name: "Save view…" }));
  const save = screen.getByRole<HTMLButtonElement>("button", { name: "Save view" });
  expect(save.disabled).toBe(false);
  fireEvent.click(save);
  await screen.findByText("Enter a name.");
  const field = screen.getByLabelText(/View name/);
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(document.activeElement).toBe(field);
});

test("a view of one's own can be deleted while it is shown, and what everybody has cannot", () => {
  const { onDelete } = show(mineRunning.filter);
  expect(current()).toBe("Mine, running");
  expect(screen.queryByRole("button", { name: "Save view…" })).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Delete view" }));
  expect(onDelete).toHaveBeenCalledWith(mineRunning);
  cleanup();
  show({ status: "draft" });
  expect(current()).toBe("Drafts");
  expect(screen.queryByRole("button", { name: /view/ })).toBeNull();
});
