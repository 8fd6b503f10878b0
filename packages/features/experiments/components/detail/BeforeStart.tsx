"use client";

import { useLocale } from "@calcom/lib/i18n";
import { Section } from "@calcom/ui";
import type { ReactNode } from "react";
import type { ExperimentDetail } from "../../types/admin";
import type { ExperimentConfig } from "../../types/config";
import { ForecastPanel } from "../planning/ForecastPanel";
import { planQuestionOf } from "../planning/plan-question";
import { StartChecks } from "../planning/StartChecks";
import { TeamChecks } from "../planning/TeamChecks";
import { useCheckLinks } from "../planning/useCheckLinks";
import { useForecast } from "../planning/useForecast";
import { useStartChecklist } from "../planning/useStartChecklist";
import { useTeamItems } from "../planning/useTeamItems";
import type { ExperimentPaths } from "../shared/paths";

interface BeforeStartProps {
  experiment: ExperimentDetail;
  config: ExperimentConfig;
  paths: Pick<ExperimentPaths, "edit" | "setup">;
  /** What was counted all the same, such as people whom the flag had selected before. */
  children?: ReactNode;
}

/** What there is to see of a draft: what the start would find, and how long it would take from then on. */
export function BeforeStart({ experiment, config, paths, children }: BeforeStartProps) {
  const { t } = useLocale();
  const { slug, unit, version } = experiment;
  const forecast = useForecast(planQuestionOf(config));
  return (
    <div className="grid gap-8">
      <div className="grid items-start gap-x-12 gap-y-6 lg:grid-cols-[minmax(0,40rem)_minmax(14rem,1fr)]">
        <Section title={t("start_checklist")} description={t("experiment_not_started_description")}>
          {/* Asked anew for each version. */}
          <StoredChecks key={version} slug={slug} unit={unit} paths={paths} />
        </Section>
        <aside aria-label={t("planning_how_long")} className="rounded-lg border p-4 text-dense">
          <ForecastPanel forecast={forecast} unit={unit} />
        </aside>
      </div>
      {children}
    </div>
  );
}

type StoredChecksProps = Pick<ExperimentDetail, "slug" | "unit"> & Pick<BeforeStartProps, "paths">;

function StoredChecks({ slug, unit, paths }: StoredChecksProps) {
  const asked = useStartChecklist(slug, null);
  return (
    <>
      <StartChecks unit={unit} asked={asked} links={useCheckLinks(paths, slug)} isForecastBeside />
      <TeamChecks team={useTeamItems(slug, asked)} />
    </>
  );
}
