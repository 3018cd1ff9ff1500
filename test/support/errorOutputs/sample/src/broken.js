import { missing } from './nowhere.js';

export const value = (1 + ;
