/** A script: says what of Cutover is left over, and what is missing while a change waits to be confirmed. */
export const OWN_UNITS_LEFT = `state=$(cutover status --json | grep -o '"state": *"[a-z-]*"' | tail -1)
  units=$(cd /etc/systemd/system; ls -d cutover-* */cutover-* 2> /dev/null)
  case $state in
  *awaiting-confirmation*) systemctl is-active --quiet 'cutover-confirm-*.timer' || echo 'no timer runs'
    test $(echo "$units" | wc -l) = 5 || echo "not all units: $units" ;;
  *) test -z "$units" || echo "left over: $units" ;;
  esac
  ls -d /run/systemd/system/cutover-* /run/cutover-* 2> /dev/null; grep cutover-trial /proc/self/mountinfo; true`;

/** A script: removes the unit that nothing starts any more. It does no harm, and the next command of Cutover would remove it. */
export const REMOVE_IDLE_UNIT = `cd /etc/systemd/system
  test -L multi-user.target.wants/cutover-recover.service || rm -f cutover-recover.service cutover-recover.service.new`;
