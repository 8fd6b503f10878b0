import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, test } from "vitest";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "../components/alert-dialog";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "../components/dialog";
import { Sheet, SheetContent, SheetDescription, SheetTitle } from "../components/sheet";

afterEach(cleanup);

const kinds = {
  dialog: (
    <DialogContent>
      <DialogTitle>Asks</DialogTitle>
      <DialogDescription>Something</DialogDescription>
    </DialogContent>
  ),
  "alert dialog": (
    <AlertDialogContent>
      <AlertDialogTitle>Asks</AlertDialogTitle>
      <AlertDialogDescription>Something</AlertDialogDescription>
      <AlertDialogCancel>Cancel</AlertDialogCancel>
    </AlertDialogContent>
  ),
  sheet: (
    <SheetContent>
      <SheetTitle>Asks</SheetTitle>
      <SheetDescription>Something</SheetDescription>
    </SheetContent>
  ),
};
const roots = { dialog: Dialog, "alert dialog": AlertDialog, sheet: Sheet };
type Kind = keyof typeof kinds;

/** A page with a button, and a menu that is there until its item is chosen. */
function Page({ kind, losesButton = false }: { kind: Kind; losesButton?: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const [hasButton, setButton] = useState(true);
  const Root = roots[kind];
  return (
    <>
      <h1 tabIndex={-1}>Page</h1>
      {hasButton && (
        <button type="button" id="opener" onClick={() => setOpen(true)}>
          Open
        </button>
      )}
      {!isOpen && (
        <div role="menu" aria-labelledby="opener">
          <div role="menuitem" tabIndex={-1} onClick={() => setOpen(true)} onKeyDown={() => undefined}>
            Item
          </div>
        </div>
      )}
      <Root
        open={isOpen}
        onOpenChange={(next) => {
          setOpen(next);
          if (losesButton) setButton(false);
        }}
      >
        {kinds[kind]}
      </Root>
    </>
  );
}

async function openAndLeave(from: HTMLElement) {
  from.focus();
  fireEvent.click(from);
  const content = await screen.findByText("Asks");
  await waitFor(() => expect(content.parentElement?.contains(document.activeElement)).toBe(true));
  fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
  await waitFor(() => expect(screen.queryByText("Asks")).toBeNull());
}

describe.each(Object.keys(kinds) as Kind[])("what has opened a %s", (kind) => {
  test("has the focus again once it is closed", async () => {
    render(<Page kind={kind} />);
    await openAndLeave(screen.getByText("Open"));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByText("Open")));
  });

  test("by a menu, which is gone by then, is the menu's button", async () => {
    render(<Page kind={kind} />);
    await openAndLeave(screen.getByText("Item"));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByText("Open")));
  });

  test("and is gone leaves the focus to the page's heading", async () => {
    render(<Page kind={kind} losesButton />);
    await openAndLeave(screen.getByText("Open"));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByText("Page")));
  });
});
