import { cleanup, fireEvent, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { ConfirmDeletion, type ConfirmDeletionProps } from "./ConfirmDeletion";
import { PreviewLinks } from "./PreviewLinks";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

function ask(change: Partial<ConfirmDeletionProps> = {}) {
  const port = { onConfirm: vi.fn(), onClose: vi.fn() };
  renderInEnglish(
    <ConfirmDeletion title="Delete it?" action="Delete flag" {...port} {...change}>
      One override is lost.
    </ConfirmDeletion>,
  );
  return port;
}
const confirm = () => fireEvent.click(screen.getByRole("button", { name: "Delete flag" }));

test("names what is lost, and takes one click where nobody loses anything by it", () => {
  const { onConfirm } = ask();
  expect(screen.getByRole("alertdialog", { description: "One override is lost." })).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
  confirm();
  expect(onConfirm).toHaveBeenCalledOnce();
});

test("wants the key typed where somebody does, and says at the field that it is another", () => {
  const { onConfirm } = ask({ typed: "new-booker" });
  const field = screen.getByLabelText("Type new-booker to delete it");
  fireEvent.change(field, { target: { value: "new" } });
  confirm();
  expect(onConfirm).not.toHaveBeenCalled();
  expect(field.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("This isn’t new-booker.")).toBeTruthy();
  fireEvent.change(field, { target: { value: "new-booker" } });
  confirm();
  expect(onConfirm).toHaveBeenCalledOnce();
});

test("nothing comes of it once somebody changed what it speaks of", () => {
  ask({ refusal: { message: "Changed", changed: "Uma changed it." } });
  expect(screen.getByRole("button", { name: "Delete flag" })).toHaveProperty("disabled", true);
});

test("a link is revoked after the same question, since it cannot be given back", () => {
  const onRevoke = vi.fn();
  const at = new Date("2026-11-24T12:00:00Z");
  renderInEnglish(
    <PreviewLinks
      control="control"
      origin="https://app.example.com"
      minted={null}
      live={[{ id: "7", maker: { name: "Ada" }, createdAt: at, expiresAt: at }]}
      failure={null}
      onMake={vi.fn()}
      isMaking={false}
      onRevoke={onRevoke}
      lifetime={1}
      onLifetimeChange={vi.fn()}
    />,
  );
  fireEvent.click(screen.getByRole("button", { name: /^Revoke the links that Ada/ }));
  expect(onRevoke).not.toHaveBeenCalled();
  expect(screen.getByRole("alertdialog").textContent).toContain("will see the live version instead");
  fireEvent.click(screen.getByRole("button", { name: "Revoke" }));
  expect(onRevoke).toHaveBeenCalledExactlyOnceWith("7");
});
