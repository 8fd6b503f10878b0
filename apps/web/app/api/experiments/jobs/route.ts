import { answerJobs } from "@/modules/experiments/jobs-endpoint";

export const dynamic = "force-dynamic";
export const POST = answerJobs;
