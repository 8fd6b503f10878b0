export const planColumns = ["individual", "teams", "organization"] as const;
export type PlanColumn = (typeof planColumns)[number];

/** `true`: included. A string is the key of a text that says how much. */
type Extent = boolean | string;

/** What each plan includes, in the order of the table; names and extents are keys of `common.json`. */
export const planFeatures: readonly { name: string; extents: Record<PlanColumn, Extent> }[] = [
  {
    name: "pricing_feature_event_types",
    extents: {
      individual: "pricing_extent_unlimited",
      teams: "pricing_extent_unlimited",
      organization: "pricing_extent_unlimited",
    },
  },
  {
    name: "pricing_feature_time_zones",
    extents: { individual: true, teams: true, organization: true },
  },
  {
    name: "pricing_feature_people",
    extents: {
      individual: "pricing_extent_one",
      teams: "pricing_extent_seats",
      organization: "pricing_extent_seats",
    },
  },
  { name: "pricing_feature_dashboard", extents: { individual: false, teams: true, organization: true } },
  { name: "pricing_feature_roles", extents: { individual: false, teams: true, organization: true } },
  { name: "pricing_feature_child_teams", extents: { individual: false, teams: false, organization: true } },
  { name: "pricing_feature_one_invoice", extents: { individual: false, teams: false, organization: true } },
];
