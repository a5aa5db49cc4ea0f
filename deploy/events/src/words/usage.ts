/** What `npm run events -- help` says. */
export const USAGE = `npm run events -- <command>

  status                                   outboxes, queues, dead letters and lag of all services
  dead list   --service <name>             what a service set aside, oldest first
  dead show   --service <name> <id>        one of them, whole
  dead retry  --service <name> <id>…|--all send back to that service's queue alone, then let go
  dead drop   --service <name> <id>…|--all let go for good; prints what it was
  replay      --service <name> --from <position|instant>
              [--source a,b] [--types x,y] [--dry-run]
                                           publish from the journals to that service's queue alone
  rebuild dashboard [--incomplete]         a new read model from the journals, swapped in when whole
  rebuild dashboard --abort | --drop-old   give it up | let go of the one that was replaced
  rebuild billing                          set the lines beside Deal's journal, and fill the gaps

  --json     one JSON document instead of tables
  --limit N  dead letters to take in hand at most (default 500)

Finds the services at <SERVICE>_URL, else at ONEPOINT_HOST and <SERVICE>_PORT; shows SERVICE_TOKEN to
them where their doors are closed. Finds the broker at RABBITMQ_URL, under EVENTS_NAMESPACE.
Exit codes: 0 done, 1 not done (or not all of it), 2 not understood.
`;
