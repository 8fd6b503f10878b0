export const plans = ["individual", "teams", "organization"] as const;
export type Plan = (typeof plans)[number];

/** The part of a team that decides its plan. Teams of an organization share its subscription. */
export interface PlanTeam {
  isOrganization: boolean;
  isSubscribed: boolean;
  parent: { isOrganization: boolean; isSubscribed: boolean } | null;
}

export interface PlanMembership {
  accepted: boolean;
  team: PlanTeam;
}

export type TeamRole = "MEMBER" | "ADMIN" | "OWNER";

export interface TeamSummary {
  id: number;
  slug: string;
  name: string;
  isOrganization: boolean;
  organizationName: string | null;
  role: TeamRole;
  plan: Plan;
  memberCount: number;
}

export interface TeamMember {
  userId: number;
  name: string;
  email: string;
  role: TeamRole;
  /** False while the invitation is open. */
  accepted: boolean;
}

export interface TeamEventType {
  id: number;
  title: string;
  slug: string;
  durationMinutes: number;
  upcomingCount: number;
}

export interface TeamBooking {
  id: number;
  title: string;
  durationMinutes: number;
  attendeeName: string;
  attendeeEmail: string;
  startsAt: Date;
}

export interface TeamDashboardData {
  team: { id: number; slug: string; name: string; isOrganization: boolean; plan: Plan };
  viewerRole: TeamRole;
  members: TeamMember[];
  eventTypes: TeamEventType[];
  /** The next ones, soonest first; at most `DASHBOARD_BOOKINGS`. */
  bookings: TeamBooking[];
  upcomingCount: number;
}

export interface Invitation {
  teamId: number;
  teamName: string;
  organizationName: string | null;
}
