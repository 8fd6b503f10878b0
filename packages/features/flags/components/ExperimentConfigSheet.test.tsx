import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { anExperiment } from "../../experiments/components/testing/experiments";
import { renderInEnglish } from "../../experiments/components/testing/in-english";
import { ExperimentConfigSheet, type ExperimentConfigSheetProps } from "./ExperimentConfigSheet";

afterEach(cleanup);

function show(
  experiment = anExperiment({ status: "draft" }),
  props: Partial<ExperimentConfigSheetProps> = {},
) {
  const calls = {
    onClose: vi.fn(),
    onSave: vi.fn<ExperimentConfigSheetProps["onSave"]>(async () => null),
    loadCurrent: vi.fn<ExperimentConfigSheetProps["loadCurrent"]>(async () => null),
    navigate: vi.fn(),
  };
  renderInEnglish(
    <ExperimentConfigSheet
      isOpen
      state={{ status: "ready", experiment }}
      editHref={(slug) => `/experiments/${slug}/edit`}
      {...calls}
      {...props}
    />,
  );
  return { ...calls, ...props };
}

const field = (label: string) => screen.getByLabelText<HTMLInputElement>(label);
const type = (label: string, value: string) => fireEvent.change(field(label), { target: { value } });
const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));
const save = () => press("Save changes");
const first = "Share of variant 1 (%)";
const second = "Share of variant 2 (%)";

test("saves what was changed, and only that, against the version that was loaded", async () => {
  const experiment = anExperiment({ status: "draft", version: 7 });
  const { onSave, onClose } = show(experiment);
  type(first, "33,3");
  type(second, "66.7");
  fireEvent.click(screen.getByRole("radio", { name: "Random" }));
  save();
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(onSave).toHaveBeenCalledExactlyOnceWith(experiment, {
    assignmentType: "random",
    variants: [
      { name: "control", percentage: 33.3 },
      { name: "urgent", percentage: 66.7 },
    ],
  });
});

test("a payload, which is not shown here, outlives a new split", async () => {
  const payload = { headline: "Now" };
  const variants = [
    { name: "control", percentage: 50 },
    { name: "urgent", percentage: 50, payload },
  ];
  const onSave = vi.fn<ExperimentConfigSheetProps["onSave"]>(async () => null);
  show(anExperiment({ status: "draft", variants }), { onSave });
  type(first, "40");
  type(second, "60");
  save();
  await waitFor(() => expect(onSave).toHaveBeenCalledOnce());
  expect(onSave.mock.calls[0]?.[1].variants?.[1]).toEqual({ name: "urgent", percentage: 60, payload });
});

test("shares that miss 100 are refused in words, and nothing is sent", async () => {
  const { onSave } = show();
  type(first, "60");
  save();
  await screen.findByText("The percentages add up to 110, not 100.");
  expect(onSave).not.toHaveBeenCalled();
});

test("there is nothing to save before something is changed", () => {
  show();
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save changes" }).disabled).toBe(true);
});

describe("a started experiment", () => {
  test("has its assignment type and names fixed, with the reason, while shares may be changed", () => {
    show(anExperiment({ status: "running" }));
    expect(screen.getByRole<HTMLButtonElement>("radio", { name: "Random" }).disabled).toBe(true);
    expect(screen.getByText(/^Locked since the start/)).toBeTruthy();
    expect(field("Name of variant 1").readOnly).toBe(true);
    expect(field(first).disabled).toBe(false);
  });

  test("that is over has all of it fixed", () => {
    show(anExperiment({ status: "concluded" }));
    expect(field(first).disabled).toBe(true);
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Add variant" }).disabled).toBe(true);
  });
});

describe("a stale save", () => {
  async function collide() {
    const current = anExperiment({ status: "draft", version: 9 }, { assignmentType: "random" });
    const stale = { code: "stale_version", message: "Somebody was faster.", issues: [] };
    const onSave = vi.fn<ExperimentConfigSheetProps["onSave"]>(async () => null).mockResolvedValueOnce(stale);
    const { onClose } = show(undefined, { onSave, loadCurrent: async () => current });
    type(first, "40");
    type(second, "60");
    save();
    await screen.findByText("Ada changed Upgrade button in the meantime.");
    expect(onClose).not.toHaveBeenCalled();
    return { current, onSave, onClose };
  }

  test("names who changed what, and mine goes on top of it only when I say so", async () => {
    const { current, onSave, onClose } = await collide();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save changes" }).disabled).toBe(true);
    press("Reapply my changes");
    expect(screen.getByRole("radio", { name: "Random" }).getAttribute("aria-checked")).toBe("true");
    save();
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
    const shares = [expect.objectContaining({ percentage: 40 }), expect.objectContaining({ percentage: 60 })];
    expect(onSave).toHaveBeenLastCalledWith(current, { variants: shares });
  });

  test("can end with theirs: mine is gone from the form", async () => {
    const { onSave } = await collide();
    press("Discard my changes");
    expect(field(first).value).toBe("50");
    expect(onSave).toHaveBeenCalledOnce();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save changes" }).disabled).toBe(true);
  });
});

test("a refusal without a place here is shown as it was said, and the sheet stays", async () => {
  const refusal = { code: "locked_field", message: "The experiment has ended.", issues: [] };
  const { onClose } = show(undefined, { onSave: async () => refusal });
  type(first, "40");
  type(second, "60");
  save();
  await screen.findByText("The experiment has ended.");
  expect(onClose).not.toHaveBeenCalled();
});

test("closing with unsaved work asks first; leaving closes, staying keeps it", async () => {
  const { onClose } = show();
  type(first, "40");
  press("Cancel");
  press("Stay");
  expect(field(first).value).toBe("40");
  expect(onClose).not.toHaveBeenCalled();
  press("Cancel");
  press("Leave");
  expect(onClose).toHaveBeenCalledOnce();
});
