import { answerJobs } from "@/modules/experiments/jobs-endpoint";

export const dynamic = "force-dynamic";
export const POST = answerJobs;
/** Vercel's cron asks so. Whoever lacks the secret changes nothing by either. */
export const GET = answerJobs;
