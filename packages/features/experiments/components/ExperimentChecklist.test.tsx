import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ExperimentChecklist } from "./ExperimentChecklist";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const items = [{ id: "1", text: "Support knows" }];
const show = (refusal: string | null = null) => {
  const [onAdd, onRemove] = [vi.fn(async () => refusal), vi.fn(async () => refusal)];
  renderInEnglish(<ExperimentChecklist items={items} onAdd={onAdd} onRemove={onRemove} />);
  return { onAdd, onRemove };
};
const field = () => screen.getByLabelText<HTMLInputElement>("New item");

test("an item is added by Enter, and the field is ready for the next one", async () => {
  const { onAdd } = show();
  fireEvent.change(field(), { target: { value: "Legal has read it" } });
  fireEvent.submit(field());
  await waitFor(() => expect(field().value).toBe(""));
  expect(onAdd).toHaveBeenCalledWith("Legal has read it");
});

test("once an item is removed, the focus is in the field and not lost with its button", async () => {
  const { onRemove } = show();
  const remove = screen.getByRole("button", { name: /Support knows/ });
  remove.focus();
  fireEvent.click(remove);
  await waitFor(() => expect(document.activeElement).toBe(field()));
  expect(onRemove).toHaveBeenCalledWith("1");
});

test("what is refused is said, and what was typed stays", async () => {
  show("A checklist has at most 20 items.");
  fireEvent.change(field(), { target: { value: "One too many" } });
  fireEvent.submit(field());
  expect(await screen.findByText("A checklist has at most 20 items.")).toBeTruthy();
  expect(field().value).toBe("One too many");
});
