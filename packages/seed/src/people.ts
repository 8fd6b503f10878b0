import type { MembershipRole, UserRole } from "@calcom/prisma/client";

export const DEMO_PASSWORD = "demo-password";

export interface DemoUser {
  email: string;
  name: string;
  role?: UserRole;
  attributes: { country: string; locale: string };
  joinedDaysAgo: number;
}

/** The first one is the admin. Only the first four are announced as logins; the password is everybody's. */
export const users = [
  {
    email: "admin@example.com",
    name: "Ada Okafor",
    role: "ADMIN",
    attributes: { country: "GB", locale: "en" },
    joinedDaysAgo: 420,
  },
  {
    email: "ida@example.com",
    name: "Ida Lindqvist",
    attributes: { country: "SE", locale: "en" },
    joinedDaysAgo: 9,
  },
  {
    email: "tom@example.com",
    name: "Tom Barreto",
    attributes: { country: "PT", locale: "en" },
    joinedDaysAgo: 140,
  },
  {
    email: "olga@example.com",
    name: "Olga Marchetti",
    attributes: { country: "IT", locale: "en" },
    joinedDaysAgo: 240,
  },
  {
    email: "sam@example.com",
    name: "Sam Whitfield",
    attributes: { country: "US", locale: "en" },
    joinedDaysAgo: 61,
  },
  {
    email: "mei@example.com",
    name: "Mei Tanaka",
    attributes: { country: "JP", locale: "en" },
    joinedDaysAgo: 132,
  },
  {
    email: "noah@example.com",
    name: "Noah Becker",
    attributes: { country: "DE", locale: "en" },
    joinedDaysAgo: 128,
  },
  {
    email: "lena@example.com",
    name: "Lena Fischer",
    attributes: { country: "AT", locale: "en" },
    joinedDaysAgo: 3,
  },
  {
    email: "priya@example.com",
    name: "Priya Raman",
    attributes: { country: "IN", locale: "en" },
    joinedDaysAgo: 231,
  },
  {
    email: "felix@example.com",
    name: "Felix Aubert",
    attributes: { country: "FR", locale: "en" },
    joinedDaysAgo: 88,
  },
] as const satisfies readonly DemoUser[];

type Email = (typeof users)[number]["email"];

/** Announced at the start: the administrator, and one person on each plan. */
export const demoLogins: readonly { email: Email; who: string }[] = [
  { email: "admin@example.com", who: "administrator" },
  { email: "ida@example.com", who: "individual plan" },
  { email: "tom@example.com", who: "team plan" },
  { email: "olga@example.com", who: "organization plan" },
];

export interface DemoTeam {
  slug: string;
  name: string;
  isOrganization?: true;
  /** The slug of the organization it belongs to, which stands before it in the list. */
  parent?: string;
  subscription?: { seats: number; pricePerSeat: number; startedDaysAgo: number; purchasedBy: Email };
  members: readonly { email: Email; role: MembershipRole; accepted?: false }[];
  eventTypes: readonly { title: string; slug: string; durationMinutes: number }[];
}

export const teams: readonly DemoTeam[] = [
  {
    slug: "design-studio",
    name: "Design Studio",
    subscription: { seats: 6, pricePerSeat: 20, startedDaysAgo: 134, purchasedBy: "tom@example.com" },
    members: [
      { email: "tom@example.com", role: "OWNER" },
      { email: "mei@example.com", role: "ADMIN" },
      { email: "noah@example.com", role: "MEMBER" },
      { email: "lena@example.com", role: "MEMBER", accepted: false },
    ],
    eventTypes: [
      { title: "Intro call", slug: "intro-call", durationMinutes: 30 },
      { title: "Design review", slug: "design-review", durationMinutes: 60 },
      { title: "Portfolio chat", slug: "portfolio-chat", durationMinutes: 20 },
      { title: "Brand workshop", slug: "brand-workshop", durationMinutes: 120 },
    ],
  },
  {
    slug: "night-shift",
    name: "Night Shift",
    members: [
      { email: "sam@example.com", role: "OWNER" },
      { email: "noah@example.com", role: "MEMBER", accepted: false },
    ],
    eventTypes: [{ title: "Shift handover", slug: "shift-handover", durationMinutes: 15 }],
  },
  {
    slug: "acme",
    name: "Acme",
    isOrganization: true,
    subscription: { seats: 40, pricePerSeat: 16, startedDaysAgo: 236, purchasedBy: "olga@example.com" },
    members: [
      { email: "olga@example.com", role: "OWNER" },
      { email: "priya@example.com", role: "ADMIN" },
    ],
    eventTypes: [
      { title: "Partner briefing", slug: "partner-briefing", durationMinutes: 45 },
      { title: "Office hours", slug: "office-hours", durationMinutes: 30 },
    ],
  },
  {
    slug: "acme-sales",
    name: "Acme Sales",
    parent: "acme",
    members: [
      { email: "priya@example.com", role: "OWNER" },
      { email: "olga@example.com", role: "MEMBER" },
      { email: "felix@example.com", role: "MEMBER" },
    ],
    eventTypes: [
      { title: "Discovery call", slug: "discovery-call", durationMinutes: 30 },
      { title: "Product demo", slug: "product-demo", durationMinutes: 45 },
      { title: "Contract questions", slug: "contract-questions", durationMinutes: 20 },
    ],
  },
];

export const personalEventTypes: readonly {
  email: Email;
  title: string;
  slug: string;
  durationMinutes: number;
}[] = [
  { email: "ida@example.com", title: "Coffee chat", slug: "coffee-chat", durationMinutes: 20 },
  { email: "ida@example.com", title: "Consultation", slug: "consultation", durationMinutes: 60 },
];
