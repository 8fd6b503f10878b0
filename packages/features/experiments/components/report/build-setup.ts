import type { ReportAudience, ReportFacts } from "../../results/report";
import { DEFAULT_PLANNED_SUBJECTS } from "../../types/analysis";
import type { Unit } from "../../types/settings";
import { markedName } from "../analytics/words";
import { audience, audienceOfRules, everybodyKeys } from "../shared/audience";
import { controlFirst } from "../shared/variant-order";
import { planKeys, unitKeys } from "../shared/words";
import { COLUMN_SHARES, type ReportSection, rowOf } from "./document";
import type { ReportWords } from "./words";

/** What was compared, among whom, and by which plan. */
export function buildSetup(facts: ReportFacts, words: ReportWords): ReportSection {
  const { t, figures } = words;
  const { unit, variants, control, trafficPercentage, analysis, people } = facts;
  const metricsOf = (role: string) =>
    facts.metrics.filter((metric) => metric.role === role).map((metric) => markedName(metric, t));
  const primary = metricsOf("primary");
  return {
    title: t("experiment_setup"),
    blocks: [
      {
        kind: "table",
        title: null,
        note: null,
        columns: [
          { label: t("experiment_variant"), isNumeric: false, share: COLUMN_SHARES.variant },
          { label: t("experiment_share"), isNumeric: true, share: COLUMN_SHARES.count },
        ],
        rows: controlFirst(variants, control).map(({ name, percentage }) => [
          name === control && name !== "control" ? `${name} (${t("experiment_control")})` : name,
          figures.percentage(percentage),
        ]),
      },
      {
        kind: "rows",
        rows: [
          ...rowOf(t("description"), facts.description),
          ...rowOf(t("experiment_unit"), t(unitKeys[unit])),
          ...rowOf(t("experiment_targeting"), audienceText(facts.audience, unit, words)),
          ...rowOf(t("experiment_traffic"), figures.percentage(trafficPercentage)),
          ...rowOf(t("metrics_primary"), ...(primary.length > 0 ? primary : [t("experiment_nothing")])),
          ...rowOf(t("experiment_without_metric"), facts.withoutMetric),
          ...rowOf(t("metrics_watched"), ...metricsOf("secondary")),
          ...rowOf(t("metrics_guardrails"), ...metricsOf("guardrail")),
          ...rowOf(t("analysis_mode"), t(`analysis_${analysis.mode}`)),
          ...rowOf(t("analysis_planned_subjects"), ...plannedText(facts, words)),
          ...rowOf(
            t("analysis_minimum_runtime"),
            t("experiment_days", { count: analysis.minimumRuntimeDays }),
          ),
          ...rowOf(
            t("experiment_conversion_window"),
            t("experiment_days", { count: facts.conversionWindowDays }),
          ),
          ...rowOf(t("experiment_owner"), people?.owner),
        ],
      },
    ],
  };
}

function plannedText({ analysis, plannedBy, status }: ReportFacts, { t, figures }: ReportWords): string[] {
  const { plannedSubjects } = analysis;
  if (plannedSubjects === null && status === "draft") return [t("analysis_planned_at_start")];
  const source = plannedSubjects === null ? t("analysis_planned_subjects_unset") : null;
  return [
    figures.count(plannedSubjects ?? DEFAULT_PLANNED_SUBJECTS),
    ...(source === null ? [] : [source]),
    ...(plannedSubjects !== null && plannedBy !== null ? [t(`analysis_planned_by_${plannedBy}`)] : []),
  ];
}

function audienceText(asked: ReportAudience, unit: Unit, words: ReportWords): string {
  const { t, figures } = words;
  const { list, all } = figures;
  if (asked.kind === "named") {
    const teamName = (id: string | number) => asked.teams[String(id)] ?? String(id);
    return audience(audienceOfRules(unit, asked.rules), { t, list, all, teamName });
  }
  const { plans, teams, organizations, excludeOrganizations, attributes } = asked;
  const clauses = [
    plans.length > 0 &&
      t("experiment_audience_plans", { plans: list(plans.map((plan) => t(planKeys[plan]))) }),
    teams > 0 && t("report_audience_teams", { count: teams }),
    organizations > 0 && t("report_audience_organizations", { count: organizations }),
    excludeOrganizations && t("experiment_audience_no_organization"),
    attributes.length > 0 && t("report_audience_attributes", { names: all(attributes) }),
  ].filter((clause) => clause !== false);
  const everybody = t(everybodyKeys[unit]);
  if (clauses.length === 0) return t("experiment_audience_all", { everybody });
  return t("experiment_audience_some", { everybody, clauses: clauses.join(t("experiment_audience_joiner")) });
}
