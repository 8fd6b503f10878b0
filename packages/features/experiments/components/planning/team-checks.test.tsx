import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { ItemCheck } from "../../types/checklist";
import { ExperimentCommandDialog } from "../ExperimentCommandDialog";
import { ExperimentPermissions } from "../ExperimentPermissions";
import { aSummary, paths } from "../testing/experiments";
import { renderInEnglish } from "../testing/in-english";
import { type PlanningPort, PlanningPortProvider } from "./planning-port";

afterEach(cleanup);

const item: ItemCheck = { id: "1", text: "Told the support team", checked: null };

function show(checkItem: PlanningPort["checkItem"], permissions: ("view" | "run")[] = ["view", "run"]) {
  const onRun = vi.fn(async () => null);
  const port: PlanningPort = {
    forecast: () => new Promise(() => {}),
    checkItem,
    startChecklist: async () => ({ checks: [], choices: [], items: [item], precedent: null }),
  };
  renderInEnglish(
    <ExperimentPermissions permissions={permissions}>
      <PlanningPortProvider port={port}>
        <ExperimentCommandDialog
          paths={paths}
          request={{ experiment: aSummary({ status: "draft" }), command: "start" }}
          onClose={vi.fn()}
          onRun={onRun}
        />
      </PlanningPortProvider>
    </ExperimentPermissions>,
  );
  return onRun;
}

const box = () => screen.findByRole("checkbox", { name: /^Told the support team/ });
const start = () => fireEvent.click(screen.getByRole("button", { name: "Start experiment" }));

test("a start waits for an open item, which has the focus, and goes on once somebody has checked it", async () => {
  const checked = { at: new Date("2026-11-30T10:00:00Z"), by: "Ada" };
  const onRun = show(async () => [{ ...item, checked }]);
  await box();
  start();
  expect(onRun).not.toHaveBeenCalled();
  expect(await screen.findByText("Check off every item before the start.")).toBeTruthy();
  await waitFor(async () => expect(document.activeElement).toBe(await box()));
  fireEvent.click(await box());
  expect(await screen.findByText(/^Ada, 30 Nov/)).toBeTruthy();
  start();
  await waitFor(() => expect(onRun).toHaveBeenCalledOnce());
});

test("a check that is not saved says why, and stays open", async () => {
  show(() => Promise.reject(new Error("No connection.")));
  fireEvent.click(await box());
  expect(await screen.findByText("The check wasn’t saved: No connection.")).toBeTruthy();
  expect((await box()).getAttribute("aria-checked")).toBe("false");
});

test("who may not start may not check", async () => {
  show(async () => [], ["view"]);
  expect((await box()).hasAttribute("disabled")).toBe(true);
});
