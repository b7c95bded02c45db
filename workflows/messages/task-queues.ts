/** Two queues, so that a flood of talk never delays a payment. */
export const TASK_QUEUES = { money: 'money', chat: 'chat' } as const;
