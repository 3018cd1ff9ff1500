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

export interface ExampleFormat {
  name: string;
  schema: z.ZodObject;
  derive(record: Trajectory): readonly object[];
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
