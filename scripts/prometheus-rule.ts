/** A file of Prometheus' rules as the resource that the Prometheus Operator reads, in YAML. */
export function prometheusRuleOf(rules: string): string {
  const indented = rules.replaceAll(/^(?=.)/gm, '  ');
  return `# Written by \`pnpm alerts\` from docker/prometheus/alerts.yml.
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: frontrow
spec:
${indented}`;
}
