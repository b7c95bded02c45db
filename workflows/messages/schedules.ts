/** Workflow types that a Schedule starts; none takes an argument. */
export const SWEEP_MONEY = 'sweepMoney';
export const DAILY_BOOKS = 'dailyBooks';
