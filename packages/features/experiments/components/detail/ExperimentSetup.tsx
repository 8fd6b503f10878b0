"use client";

import { useLocale } from "@calcom/lib/i18n";
import { EmptyState, Section, SplitBar, VariantSwatch } from "@calcom/ui";
import type { ReactNode } from "react";
import type { ExperimentConfig, ExperimentDetail } from "../../types";
import { audience } from "../shared/audience";
import { ControlNote } from "../shared/ControlNote";
import { useFormat } from "../shared/useFormat";
import { controlFirst } from "../shared/variant-order";
import { assignmentSentenceKeys, assignmentTypeKeys, unitKeys, unitSentenceKeys } from "../shared/words";
import { EpochTable } from "./EpochTable";
import { HookSnippet } from "./HookSnippet";

interface ExperimentSetupProps {
  experiment: ExperimentDetail;
  previewLinks?: ReactNode;
}

export function ExperimentSetup({ experiment, previewLinks }: ExperimentSetupProps) {
  const { t } = useLocale();
  const { config, epochs } = experiment;
  if (config === null)
    return (
      <EmptyState
        title={t("experiment_setup_unreadable")}
        description={t("experiment_setup_unreadable_text")}
      />
    );
  return (
    <div className="grid gap-10">
      <Section title={t("experiment_settings")}>
        <Settings experiment={experiment} config={config} />
      </Section>
      <Section title={t("experiment_use_in_code")} description={t("experiment_use_in_code_description")}>
        <HookSnippet slug={experiment.slug} config={config} />
      </Section>
      {previewLinks}
      {epochs.length > 0 && (
        <Section title={t("experiment_epochs")} description={t("experiment_epochs_description")}>
          <EpochTable epochs={epochs} variants={config.variants} control={config.control} />
        </Section>
      )}
    </div>
  );
}

function Settings({ experiment, config }: { experiment: ExperimentDetail; config: ExperimentConfig }) {
  const { t } = useLocale();
  const { percentage, list } = useFormat();
  const {
    plans = [],
    teamIds = [],
    organizationIds = [],
    excludeOrganizations = false,
    userAttributes,
  } = config.targetingRules;
  const rules = {
    plans,
    teamIds,
    organizationIds,
    excludeOrganizations,
    hasAttributeRules: userAttributes !== undefined,
  };
  return (
    <dl className="border-t text-dense">
      {experiment.description !== "" && <Row term={t("description")}>{experiment.description}</Row>}
      <Row term={t("experiment_hypothesis")}>
        {config.hypothesis === "" ? <Muted>{t("experiment_nothing")}</Muted> : config.hypothesis}
      </Row>
      <Row term={t("experiment_unit")}>
        {t(unitKeys[config.unit])}
        <Muted>{t(unitSentenceKeys[config.unit])}</Muted>
      </Row>
      <Row term={t("experiment_assignment_type")}>
        {t(assignmentTypeKeys[config.assignmentType])}
        <Muted>{t(assignmentSentenceKeys[config.assignmentType])}</Muted>
      </Row>
      <Row term={t("experiment_targeting")}>{audience({ unit: config.unit, ...rules }, { t, list })}</Row>
      <Row term={t("experiment_traffic")}>{percentage(config.trafficPercentage)}</Row>
      <Row term={t("experiment_variants")}>
        <VariantsSetup config={config} />
      </Row>
      <Row term={t("experiment_client_events")}>
        {config.clientEvents.length === 0 ? (
          <Muted>{t("experiment_summary_no_events")}</Muted>
        ) : (
          <span className="wrap-anywhere font-mono text-xs">{config.clientEvents.join(", ")}</span>
        )}
      </Row>
      <Row term={t("experiment_conversion_window")}>
        {t("experiment_days", { count: config.conversionWindowDays })}
      </Row>
      <Row term={t("experiment_person_properties")}>{t(config.setPersonProperties ? "on" : "off")}</Row>
    </dl>
  );
}

function VariantsSetup({ config }: { config: ExperimentConfig }) {
  const { t } = useLocale();
  const { percentage } = useFormat();
  const variants = controlFirst(config.variants, config.control);
  if (variants.length === 0) return <Muted>{t("experiment_no_variants")}</Muted>;
  return (
    <div className="grid max-w-md gap-2">
      <SplitBar label={t("experiment_split")} variants={variants} formatPercentage={percentage} />
      <ul className="grid gap-1">
        {variants.map(({ name, percentage: share, payload }, place) => (
          <li key={name} className="grid gap-1">
            <span className="flex items-center gap-2">
              <VariantSwatch index={place} />
              <span className="wrap-anywhere min-w-0 flex-1 font-mono text-xs">
                {name} <ControlNote name={name} control={config.control} />
              </span>
              <span className="tabular-nums">{percentage(share)}</span>
            </span>
            {payload !== undefined && (
              <pre className="ml-4.5 overflow-x-auto rounded-md bg-muted px-2 py-1.5 font-mono text-xs">
                {JSON.stringify(payload, null, 2)}
              </pre>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Row({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-6 gap-y-0.5 border-b py-2.5 sm:grid-cols-[11rem_1fr]">
      <dt className="text-muted-foreground">{term}</dt>
      <dd className="wrap-anywhere min-w-0 max-w-prose whitespace-pre-line">{children}</dd>
    </div>
  );
}

function Muted({ children }: { children: ReactNode }) {
  return <span className="block text-muted-foreground">{children}</span>;
}
