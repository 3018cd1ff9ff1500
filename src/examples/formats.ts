/** The example formats, each a pure function of a trajectory. */
import type * as z from 'zod';
import type { Trajectory } from '../trajectory/record.ts';
import { agentTrajectoryFormat, agentTrajectoryRawFormat } from './agentTrajectory.ts';
import { commitFormat } from './commit.ts';
import { executionFormat } from './execution.ts';
import { nextEditFormat } from './nextEdit.ts';
import { preferenceFormat } from './preference.ts';
import { repairFormat } from './repair.ts';
import { taskFormat } from './task.ts';
import type { Verification } from './verification.ts';

export interface ExampleFormat {
  name: string;
  schema: z.ZodObject;
  /** @param verification of the record's task, where there is one; of it `task` alone makes something. */
  derive(record: Trajectory, verification?: Verification | null): readonly object[];
}

/** Written beside each record when it is sealed. */
export const exampleFormats: readonly ExampleFormat[] = [
  nextEditFormat,
  agentTrajectoryFormat,
  agentTrajectoryRawFormat,
  repairFormat,
];

/** Made when they are asked for. */
export const exportFormats: readonly ExampleFormat[] = [taskFormat, commitFormat, preferenceFormat, executionFormat];
