/** Prisma schema files. */
import type { Detector } from "../detector.js";
import { prismaSchema } from "./prisma-schema.js";

export const prisma: readonly Detector[] = [prismaSchema];
