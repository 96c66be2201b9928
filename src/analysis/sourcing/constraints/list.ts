import type { Constraint } from '../model.ts';
import { aggregateCap } from './aggregate-cap.ts';
import { availability } from './availability.ts';
import { balance } from './balance.ts';
import { blocCap } from './bloc-cap.ts';
import { budget } from './budget.ts';
import { controlledCap } from './controlled-cap.ts';
import { domesticFloor } from './domestic-floor.ts';
import { nMinus1 } from './n-minus-1.ts';
import { projectStart } from './project-start.ts';
import { ramp } from './ramp.ts';
import { recycledFloor } from './recycled-floor.ts';
import { singleCountryCap } from './single-country-cap.ts';
import { stock } from './stock.ts';
import { tracedCap } from './traced-cap.ts';

/** Every limit a plan can have; those that a problem does not ask for make no rows. */
export const constraints: readonly Constraint[] = [
  balance,
  availability,
  ramp,
  singleCountryCap,
  tracedCap,
  controlledCap,
  aggregateCap,
  domesticFloor,
  recycledFloor,
  nMinus1,
  blocCap,
  budget,
  projectStart,
  stock,
];
