export { derivePlan, planOfTeam } from "./derive-plan";
export type {
  Invitation,
  Plan,
  PlanMembership,
  PlanTeam,
  TeamBooking,
  TeamDashboardData,
  TeamEventType,
  TeamMember,
  TeamRole,
  TeamSummary,
} from "./types";
export { plans } from "./types";
