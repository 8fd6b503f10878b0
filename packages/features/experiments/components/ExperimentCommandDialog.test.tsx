import { cleanup, fireEvent, screen, waitFor } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { ExperimentSummary } from "../types/admin";
import type { StartCheck } from "../utils/checklist";
import { type CommandRequest, ExperimentCommandDialog, type RunCommand } from "./ExperimentCommandDialog";
import { type PlanningPort, PlanningPortProvider } from "./planning/planning-port";
import { aSummary, paths } from "./testing/experiments";
import { renderInEnglish } from "./testing/in-english";
import { saying } from "./testing/saying";

afterEach(cleanup);

function ask(command: CommandRequest["command"], change: Partial<ExperimentSummary> = {}) {
  const experiment = aSummary(change);
  const onRun = vi.fn<RunCommand>(async () => null);
  const onClose = vi.fn();
  renderInEnglish(
    <ExperimentCommandDialog
      paths={paths}
      request={{ experiment, command }}
      onClose={onClose}
      onRun={onRun}
    />,
  );
  return { experiment, onRun, onClose };
}

const press = (name: string) => fireEvent.click(screen.getByRole("button", { name }));

test("starting freezes the target sample size that the dialog shows", async () => {
  const onRun = vi.fn<RunCommand>(async () => null);
  const experiment = aSummary({ status: "draft" });
  const plan = { subjects: 412, source: "weeks", weeks: 4, effect: 0.2 } as const;
  const port: PlanningPort = {
    forecast: () => new Promise(() => {}),
    checkItem: async () => [],
    startChecklist: async () => ({
      checks: [{ id: "plan", state: "ok", plan }],
      choices: [],
      items: [],
      precedent: null,
    }),
  };
  renderInEnglish(
    <PlanningPortProvider port={port}>
      <ExperimentCommandDialog
        paths={paths}
        request={{ experiment, command: "start" }}
        onClose={vi.fn()}
        onRun={onRun}
      />
    </PlanningPortProvider>,
  );
  expect(await screen.findByText(/^Target sample size: 412 users/)).toBeTruthy();
  press("Start experiment");
  expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, { command: "start", plannedSubjects: 412 });
});

describe("what the start would be refused for", () => {
  const missing = { id: "metric", state: "blocks", name: null, withoutMetric: null } as const;
  function start(checks: StartCheck[]) {
    const port: PlanningPort = {
      forecast: () => new Promise(() => {}),
      checkItem: async () => [],
      startChecklist: async () => ({ checks, choices: [], items: [], precedent: null }),
    };
    const onClose = vi.fn();
    const experiment = aSummary({ status: "draft" });
    renderInEnglish(
      <PlanningPortProvider port={port}>
        <ExperimentCommandDialog
          request={{ experiment, command: "start" }}
          onClose={onClose}
          onRun={vi.fn()}
          paths={paths}
        />
      </PlanningPortProvider>,
    );
    return onClose;
  }
  const isDisabled = () =>
    screen.getByRole<HTMLButtonElement>("button", { name: "Start experiment" }).disabled;

  test("is said with the place where it is mended, and nothing can be started until then", async () => {
    const onClose = start([{ id: "unknown_metrics", state: "blocks", keys: ["gone"] }]);
    const link = await screen.findByRole("link", { name: "Metrics not defined in the app: gone" });
    expect(link.getAttribute("href")).toBe("/experiments/upgrade-button-test/edit#form-measure");
    expect(isDisabled()).toBe(true);
    const button = screen.getByRole("button", { name: "Start experiment" });
    const why = document.getElementById(button.getAttribute("aria-describedby") ?? "");
    expect(why?.textContent).toBe("1 problem to fix firstMetrics not defined in the app: gone");
    fireEvent.click(link);
    expect(onClose).toHaveBeenCalledOnce();
  });

  test("is not said of the metric that the dialog itself asks for", async () => {
    start([missing, { id: "split", state: "ok", variants: 2 }]);
    await screen.findByText("2 variants, totaling 100%");
    expect(screen.getByRole("combobox", { name: /^Primary metric/ })).toBeTruthy();
    expect(screen.queryByText(/^No primary metric –/)).toBeNull();
    expect(isDisabled()).toBe(false);
  });

  test("a warning keeps nobody from starting, and the button says that it is done all the same", async () => {
    start([{ id: "code", state: "warning", lastAsk: null }]);
    expect((await screen.findByRole<HTMLButtonElement>("button", { name: "Start anyway" })).disabled).toBe(
      false,
    );
    screen.getByRole("heading", { name: "1 warning" });
  });

  test("what the start locks stands before the warnings, and is read out with the question", async () => {
    start([{ id: "code", state: "warning", lastAsk: null }]);
    const warnings = await screen.findByRole("list", { name: "1 warning" });
    const locks = screen.getByText("Locked once the experiment starts");
    expect(locks.compareDocumentPosition(warnings) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
    const described = screen.getByRole("alertdialog").getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.textContent).toMatch(
      /Locked once the experiment starts Unit, assignment/,
    );
  });
});

describe("starting what has no metric", () => {
  const plan = (subjects: number) => ({ subjects, source: "weeks", weeks: 4, effect: 0.2 }) as const;
  async function start() {
    const onRun = vi.fn<RunCommand>(async () => null);
    const experiment = aSummary({ status: "draft", assignments: 0 });
    const port: PlanningPort = {
      forecast: () => new Promise(() => {}),
      checkItem: async () => [],
      startChecklist: async (_slug, metric) => ({
        checks: [
          metric === null
            ? { id: "metric", state: "blocks", name: null, withoutMetric: null }
            : { id: "metric", state: "ok", name: "Upgrade", withoutMetric: null },
          { id: "plan", state: "ok", plan: plan(metric === null ? 4_000 : 412) },
        ],
        choices: [{ key: "upgrade", name: "Upgrade" }],
        items: [],
        precedent: null,
      }),
    };
    renderInEnglish(
      <PlanningPortProvider port={port}>
        <ExperimentCommandDialog
          paths={paths}
          request={{ experiment, command: "start" }}
          onClose={vi.fn()}
          onRun={onRun}
        />
      </PlanningPortProvider>,
    );
    const metric = await screen.findByRole("combobox", { name: /^Primary metric/ });
    async function choose(name: string) {
      fireEvent.keyDown(metric, { key: "ArrowDown" });
      fireEvent.click(await screen.findByRole("option", { name }));
    }
    return { onRun, experiment, metric, choose };
  }

  test("asks for the metric first, and starts nothing without an answer", async () => {
    const { onRun, metric } = await start();
    press("Start experiment");
    expect(
      screen.getByText("Choose a primary metric, or say why the experiment starts without one."),
    ).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(metric));
    expect(onRun).not.toHaveBeenCalled();
  });

  test("starts with the one that is chosen, under the plan that is shown for it", async () => {
    const { onRun, experiment, choose } = await start();
    await choose("Upgrade");
    expect(await screen.findByText(/^Target sample size: 412 users/)).toBeTruthy();
    press("Start experiment");
    expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, {
      command: "start",
      plannedSubjects: 412,
      primaryMetric: "upgrade",
    });
  });

  test("starts without one once a reason is typed", async () => {
    const { onRun, experiment, choose } = await start();
    await choose("No primary metric");
    press("Start without a primary metric");
    const reason = await screen.findByRole("textbox", { name: /^Reason for having no primary metric/ });
    await waitFor(() => expect(document.activeElement).toBe(reason));
    expect(onRun).not.toHaveBeenCalled();
    fireEvent.change(reason, { target: { value: " A rollout " } });
    press("Start without a primary metric");
    expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, {
      command: "start",
      plannedSubjects: 4_000,
      withoutMetric: "A rollout",
    });
  });
});

describe("taking a winner back", () => {
  const winner = { status: "concluded", winnerVariant: "urgent" } as const;

  test("says what is served, and that the measurement stays closed, and then does it", async () => {
    const { experiment, onRun, onClose } = ask("take_back", winner);
    expect(screen.getByRole("alertdialog").textContent).toContain(
      "Everyone sees the original experience again, not urgent. " +
        "Measurement doesn’t resume, and the result snapshot stays as it is. This can’t be undone.",
    );
    press("Withdraw winner");
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, { command: "take_back" });
  });

  test("of what was a flag says that the flag answers again", () => {
    ask("take_back", { ...winner, isConverted: true });
    expect(screen.getByRole("alertdialog").textContent).toContain("The flag takes over again");
  });
});

describe("concluding", () => {
  // Elsewhere the dialog chose the first variant that was not control, whatever the numbers said.
  test("never presets a winner, and does nothing before one is chosen", () => {
    const { onRun } = ask("conclude");
    for (const choice of screen.getAllByRole("radio"))
      expect(choice.getAttribute("aria-checked")).toBe("false");
    press("Conclude experiment");
    expect(screen.getByRole("alert").textContent).toBe("Choose what everyone sees from now on.");
    expect(onRun).not.toHaveBeenCalled();
  });

  test("presets no reason, and asks for one with the focus on it", () => {
    const { onRun } = ask("conclude");
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    press("Conclude experiment");
    expect(screen.getByText("Choose why you are concluding it.")).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: "A variant did better" }));
    expect(onRun).not.toHaveBeenCalled();
  });

  test("says beside the button what is missing, and leads there, until nothing is", () => {
    ask("conclude");
    const button = screen.getByRole("button", { name: "Conclude experiment" });
    const described = () =>
      document.getElementById(button.getAttribute("aria-describedby") ?? "")?.textContent;
    expect(described()).toBe("Still missing: What everyone sees from now on, Reason");
    fireEvent.click(screen.getByRole("button", { name: "Reason" }));
    expect(document.activeElement).toBe(screen.getByRole("radio", { name: "A variant did better" }));
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    expect(described()).toBe("Still missing: Reason");
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    expect(button.hasAttribute("aria-describedby")).toBe(false);
    expect(screen.queryByText(/Still missing/)).toBeNull();
    expect((button as HTMLButtonElement).disabled).toBe(false);
  });

  test("says what everybody will see from now on, and then does it", async () => {
    const { experiment, onRun, onClose } = ask("conclude", { unit: "visitor" });
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    for (const sentence of [
      "After you conclude, all visitors see urgent. You can then remove the code for every variant except urgent.",
      'Look for calls such as useVisitorExperiment("upgrade-button-test"). This command lists them:',
    ])
      expect(screen.getByText(saying(sentence))).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    fireEvent.change(screen.getByRole("textbox", { name: "What we learned" }), {
      target: { value: "Urgency sells." },
    });
    press("Conclude experiment");
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, {
      command: "conclude",
      winnerVariant: "urgent",
      reason: "won",
      learning: "Urgency sells.",
    });
  });

  test("has the command on one line, to be copied, before a variant is chosen as well", () => {
    ask("conclude");
    const command = screen.getByText("npm run experiments -- stale");
    expect(command.tagName).toBe("CODE");
    expect(command.parentElement?.className).toContain("whitespace-nowrap");
    expect(screen.getByRole("button", { name: "Copy" })).toBeTruthy();
  });

  test("of what was a flag, and goes back to it, names no code to look for, and moves nothing", () => {
    ask("conclude", { isConverted: true });
    const calls = screen.getByText(/^Look for calls/).parentElement;
    expect(calls?.className).not.toContain("invisible");
    fireEvent.click(screen.getByRole("radio", { name: /^No winner/ }));
    expect(calls?.className).toContain("invisible");
    expect(screen.getByRole("dialog").textContent).not.toContain("remove the code for");
  });

  test("shows the verdict again, above the choice, and chooses nothing by it", () => {
    const experiment = aSummary();
    renderInEnglish(
      <ExperimentCommandDialog
        paths={paths}
        request={{ experiment, command: "conclude" }}
        onClose={vi.fn()}
        onRun={vi.fn<RunCommand>()}
        verdict={<p>urgent is better</p>}
      />,
    );
    const choice = screen.getByRole("radio", { name: "urgent" });
    expect(screen.getByText("urgent is better").compareDocumentPosition(choice)).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
    expect(choice.getAttribute("aria-checked")).toBe("false");
  });

  test("says nothing as if it were done: what can be removed is said of afterward", () => {
    ask("conclude");
    for (const name of ["urgent", /^No winner/]) {
      fireEvent.click(screen.getByRole("radio", { name }));
      expect(screen.getByRole("dialog").textContent).not.toMatch(/You can now|[Ff]rom now on,/);
    }
  });

  test("asks for the reason before it names any code", () => {
    ask("conclude");
    const reason = screen.getByRole("radio", { name: "A variant did better" });
    expect(reason.compareDocumentPosition(screen.getByText(/^Look for calls/))).toBe(
      Node.DOCUMENT_POSITION_FOLLOWING,
    );
  });

  test("shows at the reason why it is refused", async () => {
    const onRun = vi.fn<RunCommand>(async () => ({
      code: "invalid_config",
      field: "reason",
      message: "The variants can’t be compared yet.",
    }));
    renderInEnglish(
      <ExperimentCommandDialog
        request={{ experiment: aSummary(), command: "conclude" }}
        onClose={vi.fn()}
        onRun={onRun}
        paths={paths}
      />,
    );
    fireEvent.click(screen.getByRole("radio", { name: "urgent" }));
    fireEvent.click(screen.getByRole("radio", { name: "A variant did better" }));
    press("Conclude experiment");
    const group = screen.getByRole("radiogroup", { name: /^Reason/ });
    await waitFor(() => expect(group.parentElement?.textContent).toContain("can’t be compared yet"));
  });

  test("may end without a winner", async () => {
    const { experiment, onRun } = ask("conclude");
    fireEvent.click(screen.getByRole("radio", { name: /^No winner/ }));
    expect(screen.getByText(saying(/remove the code for every variant except control\./))).toBeTruthy();
    fireEvent.click(screen.getByRole("radio", { name: "No meaningful difference" }));
    press("Conclude experiment");
    await waitFor(() =>
      expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, {
        command: "conclude",
        winnerVariant: null,
        reason: "no_difference",
        learning: "",
      }),
    );
  });
});

describe("deleting", () => {
  // Elsewhere deleting an experiment destroyed the evidence with one click.
  test("what has rows names their number and wants the slug typed", async () => {
    const { experiment, onRun } = ask("delete");
    expect(screen.getByRole("alertdialog").textContent).toContain("12,480 assignments");
    press("Delete experiment");
    expect(screen.getByText("This isn’t upgrade-button-test.")).toBeTruthy();
    fireEvent.change(screen.getByLabelText(/^Type upgrade-button-test/), {
      target: { value: "upgrade-button" },
    });
    press("Delete experiment");
    expect(onRun).not.toHaveBeenCalled();
    fireEvent.change(screen.getByLabelText(/^Type upgrade-button-test/), {
      target: { value: "upgrade-button-test" },
    });
    press("Delete experiment");
    await waitFor(() =>
      expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, {
        command: "delete",
        confirmSlug: "upgrade-button-test",
      }),
    );
  });

  test("of many rows it says when they were counted", () => {
    ask("delete", { assignments: 1_000_000, countedAt: new Date(Date.now() - 5 * 60_000) });
    expect(screen.getByRole("alertdialog").textContent).toContain("1,000,000 assignments");
    expect(screen.getByRole("alertdialog").textContent).toContain("Counted 5 min. ago.");
  });

  test("what never ran takes one click", async () => {
    const { experiment, onRun } = ask("delete", { status: "draft", assignments: 0 });
    press("Delete experiment");
    await waitFor(() => expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, { command: "delete" }));
  });

  test("what was a flag takes the flag with it, and its slug typed", () => {
    const { onRun } = ask("delete", { status: "draft", assignments: 0, isConverted: true });
    expect(screen.getByText(/The flag is deleted too/)).toBeTruthy();
    press("Delete experiment");
    expect(onRun).not.toHaveBeenCalled();
    expect(screen.getByLabelText(/^Type upgrade-button-test/)).toBeTruthy();
  });

  test("what got rows meanwhile is asked about again", async () => {
    const { onRun, onClose } = ask("delete", { status: "draft", assignments: 0 });
    onRun.mockResolvedValueOnce({ code: "has_data", message: "Deleting it destroys 3 assignments." });
    press("Delete experiment");
    await screen.findByText("Deleting it destroys 3 assignments.");
    expect(screen.getByLabelText(/^Type upgrade-button-test/)).toBeTruthy();
    expect(onClose).not.toHaveBeenCalled();
  });
});

describe("a confirmation", () => {
  const cases = [
    {
      command: "start",
      sentence: /^Participants get a variant the next time they visit the page/,
      button: "Start experiment",
    },
    {
      command: "turn_off",
      sentence: /^Everyone sees the original experience.* 12,480 users entered so far/,
      button: "Turn off",
    },
    {
      command: "turn_on",
      sentence: /^Existing participants see their variant again/,
      button: "Turn on",
    },
    { command: "archive", sentence: /It can’t be restarted/, button: "Archive" },
  ] as const;
  test.each(cases)("of $command says its consequence first", async ({ command, sentence, button }) => {
    const { experiment, onRun, onClose } = ask(command);
    expect(screen.getByText(sentence)).toBeTruthy();
    press(button);
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(onRun).toHaveBeenCalledExactlyOnceWith(experiment, { command });
  });

  test.each([
    ["start", {}, /^Users and teams selected by the flag keep what they have/],
    ["turn_off", {}, /including those who have the flag/],
    ["turn_on", { isTurnedOff: true }, /^Everyone sees what they saw before/],
    ["turn_on", {}, /^Existing participants see their variant again/],
  ] as const)("of %s of what was a flag (%o) speaks of whom it selects", (command, change, sentence) => {
    ask(command, { isConverted: true, ...change });
    expect(screen.getByText(sentence)).toBeTruthy();
  });

  test("stays open with what stood in the way", async () => {
    const { onRun, onClose } = ask("start");
    onRun.mockResolvedValueOnce({ code: "rate_limited", message: "Try again later." });
    press("Start experiment");
    await screen.findByText("Try again later.");
    expect(onClose).not.toHaveBeenCalled();
  });

  test.each(["start", "archive"] as const)(
    "to %s what somebody changed in the meantime says who and what, and can only be closed",
    async (command) => {
      const { onRun } = ask(command);
      const changed = "Grace changed Upgrade button in the meantime.";
      onRun.mockResolvedValueOnce({ code: "stale_version", message: "Refused.", changed });
      const name = command === "start" ? "Start experiment" : "Archive";
      press(name);
      const alert = await screen.findByRole("alert");
      expect(alert.textContent).toContain(changed);
      expect(alert.dataset.tone).toBe("warning");
      expect(alert.textContent).toContain("Nothing was saved. Close this dialog to see the new state");
      expect(screen.getByRole<HTMLButtonElement>("button", { name }).disabled).toBe(true);
    },
  );
});
