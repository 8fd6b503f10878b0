"use client";

import { useLocale } from "@calcom/lib/i18n";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogFooter,
  AlertDialogHeader,
  AlertDialogTitle,
  Button,
} from "@calcom/ui";
import { LockIcon } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { firstInvalid } from "../form/useFirstErrorFocus";
import { usePlanningPort } from "../planning/planning-port";
import { StartChecks } from "../planning/StartChecks";
import { TeamChecks } from "../planning/TeamChecks";
import { useCheckLinks } from "../planning/useCheckLinks";
import { useStartChecklist } from "../planning/useStartChecklist";
import { useTeamItems } from "../planning/useTeamItems";
import type { ExperimentPaths } from "../shared/paths";
import { RefusalAlert } from "../shared/RefusalAlert";
import { MetricQuestion, NO_ANSWER, type StartAnswer } from "./MetricQuestion";
import { SoFar } from "./SoFar";
import { type DialogParts, useOrder } from "./useOrder";

interface StartDialogProps extends DialogParts {
  paths: Pick<ExperimentPaths, "edit" | "setup">;
}

/** Asks what decides, where nothing does yet, and says what everybody will see from now on. */
export function StartDialog(props: StartDialogProps) {
  const { experiment, onClose, paths } = props;
  const { t } = useLocale();
  const { run, isRunning, refusal, isOutdated, refusalId } = useOrder(props);
  const [answer, setAnswer] = useState<StartAnswer>(NO_ANSWER);
  const [isMissing, setMissing] = useState(false);
  const blockersId = useId();
  const form = useRef<HTMLFormElement>(null);
  const hasPreviews = usePlanningPort()?.hasPreviews ?? true;
  const stored = useStartChecklist(experiment.slug, null);
  const chosen = useStartChecklist(answer.metric === null ? null : experiment.slug, answer.metric);
  const shown = answer.metric === null ? stored : chosen;
  const asked = stored.status === "done" ? stored.value : null;
  const asks = asked?.checks.some(({ id, state }) => id === "metric" && state === "blocks") ?? false;
  const reason = answer.withoutMetric?.trim() ?? "";
  const team = useTeamItems(experiment.slug, stored);
  const links = useCheckLinks(paths, experiment.slug);
  const checks = (shown.status === "done" ? shown.value?.checks : undefined)?.filter(
    ({ id }) => (hasPreviews || id !== "previews") && !(asks && id === "metric"),
  );
  const isBlocked = checks?.some(({ state }) => state === "blocks") ?? false;
  const isDoubtful = checks?.some(({ state }) => state === "warning") ?? false;
  const startKey =
    answer.withoutMetric !== null
      ? "start_without_metric"
      : isDoubtful && !isBlocked
        ? "start_anyway"
        : "experiment_start_now";
  const isWaiting = team.items.some(({ checked }) => checked === null);

  function submit(event: FormEvent) {
    event.preventDefault();
    if (isWaiting || (asks && answer.metric === null && reason === "")) {
      setMissing(true);
      // Once the controls are marked.
      requestAnimationFrame(() => firstInvalid(form.current)?.focus());
      return;
    }
    const plan = shown.status === "done" ? shown.value?.checks.find(({ id }) => id === "plan") : undefined;
    void run({
      command: "start",
      ...(plan?.id === "plan" && { plannedSubjects: plan.plan.subjects }),
      ...(answer.metric !== null && { primaryMetric: answer.metric }),
      ...(asks && answer.metric === null && { withoutMetric: reason }),
    });
  }

  return (
    <AlertDialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialogContent fillsSmallScreens>
        <form ref={form} onSubmit={submit} className="contents" noValidate>
          <AlertDialogHeader>
            <AlertDialogTitle>{t("experiment_start_title", { name: experiment.name })}</AlertDialogTitle>
            <AlertDialogDescription asChild>
              <div className="grid gap-2">
                <p>
                  {t(experiment.isConverted ? "experiment_start_flag_sentence" : "experiment_start_sentence")}{" "}
                  <SoFar experiment={experiment} />
                </p>
                <p className="flex gap-2 rounded-lg border bg-subtle px-3 py-2 text-foreground">
                  <LockIcon aria-hidden className="mt-0.5 size-4 shrink-0" />
                  <span className="min-w-0">
                    <strong className="block font-medium">{t("start_locks")}</strong>{" "}
                    <span className="text-dense">{t("start_locks_what")}</span>
                  </span>
                </p>
              </div>
            </AlertDialogDescription>
          </AlertDialogHeader>
          {asks && asked !== null && (
            <MetricQuestion
              choices={asked.choices}
              answer={answer}
              isMissing={isMissing}
              onChange={(next) => {
                setAnswer(next);
                setMissing(false);
              }}
            />
          )}
          <StartChecks
            unit={experiment.unit}
            asked={shown}
            blockersId={blockersId}
            links={{ ...links, onFollow: onClose }}
            isMetricAsked={asks}
          />
          <TeamChecks team={team} isMissing={isMissing} />
          {refusal && <RefusalAlert id={refusalId} refusal={refusal} />}
          <AlertDialogFooter>
            <AlertDialogCancel type="button" disabled={isRunning}>
              {t("cancel")}
            </AlertDialogCancel>
            <Button
              type="submit"
              variant={answer.withoutMetric === null ? "default" : "outline"}
              loading={isRunning}
              disabled={isBlocked || isOutdated}
              aria-describedby={isOutdated ? refusalId : isBlocked ? blockersId : undefined}
            >
              {t(startKey)}
            </Button>
          </AlertDialogFooter>
        </form>
      </AlertDialogContent>
    </AlertDialog>
  );
}
