import { cleanup, fireEvent, screen, within } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import {
  type DevtoolsExperiment,
  ExperimentDevtools,
  type ExperimentDevtoolsProps,
} from "./ExperimentDevtools";
import { renderInEnglish } from "./testing/in-english";

afterEach(cleanup);

const experiment: DevtoolsExperiment = {
  slug: "upgrade-button-test",
  variant: "urgent",
  reason: "override",
  subject: "user:12",
  exposure: "not_counted",
  variants: ["control", "urgent"],
};

function renderTools(changes: Partial<ExperimentDevtoolsProps> = {}) {
  const props: ExperimentDevtoolsProps = {
    experiments: [experiment],
    isOpen: true,
    onOpenChange: vi.fn(),
    corner: "bottom-right",
    onMove: vi.fn(),
    isHidden: false,
    onHide: vi.fn(),
    isRaised: false,
    onChoose: vi.fn(),
    isPending: false,
    ...changes,
  };
  renderInEnglish(<ExperimentDevtools {...props} />);
  return props;
}

const panel = () => within(screen.getByRole("dialog", { name: "Experiments on this page" }));

describe("the overlay", () => {
  test("says what is shown, why, to whom, and whether it counts", () => {
    renderTools();
    const row = panel().getByRole("listitem");
    expect(row.textContent).toContain("urgent: preview");
    expect(row.textContent).toContain("user:12 · not counted");
    expect(panel().getByRole("button", { name: "urgent" }).getAttribute("aria-pressed")).toBe("true");
  });

  test("chooses a variant, and goes back to the subject's own", () => {
    const { onChoose } = renderTools();
    fireEvent.click(panel().getByRole("button", { name: "control" }));
    fireEvent.click(panel().getByRole("button", { name: "Clear preview" }));
    expect(vi.mocked(onChoose).mock.calls).toEqual([
      ["upgrade-button-test", "control"],
      ["upgrade-button-test", null],
    ]);
  });

  test("does nothing twice while a choice is under way", () => {
    const { onChoose } = renderTools({ isPending: true });
    fireEvent.click(panel().getByRole("button", { name: "control" }));
    expect(onChoose).not.toHaveBeenCalled();
  });

  test("offers no way back where nothing is previewed", () => {
    renderTools({ experiments: [{ ...experiment, reason: "sticky", exposure: "sent" }] });
    expect(panel().queryByRole("button", { name: "Clear preview" })).toBeNull();
    expect(panel().getByRole("listitem").textContent).toContain("urgent: previously assigned");
  });

  test("closes by Escape, moves on to the next corner, and is gone while it is hidden", () => {
    const { onOpenChange, onMove } = renderTools({ corner: "top-right" });
    fireEvent.click(panel().getByRole("button", { name: "Move to the next corner" }));
    expect(onMove).toHaveBeenCalledExactlyOnceWith("bottom-right");
    fireEvent.keyDown(document.activeElement ?? document.body, { key: "Escape" });
    expect(onOpenChange).toHaveBeenCalledExactlyOnceWith(false);
    cleanup();
    renderTools({ isOpen: false, isHidden: true });
    expect(screen.queryByRole("button")).toBeNull();
  });

  test("leaves a page without experiments alone until it is asked for, and covers the end of none", () => {
    renderTools({ isOpen: false, experiments: [] });
    expect(screen.queryByRole("button")).toBeNull();
    expect(document.body.style.paddingBottom).toBe("");
    cleanup();
    renderTools({ experiments: [] });
    expect(panel().getByText("No experiments on this page.")).toBeTruthy();
    cleanup();
    renderTools({ isOpen: false });
    expect(screen.getByRole("button", { name: "Experiments on this page: 1" })).toBeTruthy();
    expect(document.body.style.paddingBottom).not.toBe("");
    cleanup();
    expect(document.body.style.paddingBottom).toBe("");
  });
});
