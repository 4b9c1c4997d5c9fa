/** The point of no return of a Mesos agent, as a plan names it and an operator accepts it. */
export const NEW_ID = 'mesos-agent-new-id';
