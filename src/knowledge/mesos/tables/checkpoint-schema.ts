/**
 * What a message of the agent's checkpoints must hold for an agent of some release to read it. One line a message:
 * `number`, then `!` (required), `?` (optional) or `*` (repeated), the field's name, `:TYPE` where a message or an
 * enum stands there, and the releases for which this is so. Only fields that are required, or that lead to one that
 * is, are listed. For `enum`s: the values that are known.
 *
 * Source: include/mesos/mesos.proto, src/messages/messages.proto and src/messages/state.proto of Mesos 0.28.1,
 * 1.0.0, 1.1.0, 1.2.0, 1.4.0, 1.5.0, 1.8.0, 1.9.0 and 1.11.0; what changed between two of these counts for the later.
 */
export const CHECKPOINT_SCHEMA = `
SlaveInfo = 1!hostname 3*resources:Resource 5*attributes:Attribute 6?id:SlaveID 10?domain:DomainInfo>=1.4.0
FrameworkInfo = 1!user 2!name 3?id:FrameworkID 11?labels:Labels 13*offer_filters:FrameworkInfo.OfferFiltersEntry>=1.8.0
ExecutorInfo = 1!executor_id:ExecutorID 5*resources:Resource 7!command:CommandInfo<1.1.0 8?framework_id:FrameworkID 11?container:ContainerInfo 12?discovery:DiscoveryInfo 13?shutdown_grace_period:DurationInfo>=1.0.0 14?labels:Labels>=1.0.0
Task = 1!name 2!task_id:TaskID 3!framework_id:FrameworkID 4?executor_id:ExecutorID 5!slave_id:SlaveID 6!state:TaskState 7*resources:Resource 8*statuses:TaskStatus 11?labels:Labels 12?discovery:DiscoveryInfo 13?container:ContainerInfo 15?health_check:HealthCheck>=1.8.0 16?kill_policy:KillPolicy>=1.9.0 17*limits:Task.LimitsEntry>=1.11.0
internal.Task = 1!name 2!task_id:TaskID 3!framework_id:FrameworkID 4?executor_id:ExecutorID 5!slave_id:SlaveID 6!state:TaskState 7*resources:Resource 8*statuses:TaskStatus 11?labels:Labels 12?discovery:DiscoveryInfo 13?container:ContainerInfo
internal.StatusUpdateRecord = 1!type:internal.StatusUpdateRecord.Type 2?update:internal.StatusUpdate
Resource = 1!name 2!type:Value.Type 3?scalar:Value.Scalar 4?ranges:Value.Ranges 7?disk:Resource.DiskInfo 8?reservation:Resource.ReservationInfo 12?provider_id:ResourceProviderID>=1.4.0 13*reservations:Resource.ReservationInfo>=1.4.0
Attribute = 1!name 2!type:Value.Type 3?scalar:Value.Scalar 4?ranges:Value.Ranges 5?text:Value.Text
SlaveID = 1!value
DomainInfo = 1?fault_domain:DomainInfo.FaultDomain
FrameworkID = 1!value
Labels = 1*labels:Label
FrameworkInfo.OfferFiltersEntry = 2?value:OfferFilters
ExecutorID = 1!value
CommandInfo = 1*uris:CommandInfo.URI 2?environment:Environment
ContainerInfo = 1!type:ContainerInfo.Type 2*volumes:Volume 3?docker:ContainerInfo.DockerInfo 5?mesos:ContainerInfo.MesosInfo 7*network_infos:NetworkInfo 10?tty_info:TTYInfo>=1.2.0
DiscoveryInfo = 1!visibility:DiscoveryInfo.Visibility 6?ports:Ports 7?labels:Labels
DurationInfo = 1!nanoseconds
TaskID = 1!value
TaskStatus = 1!task_id:TaskID 2!state:TaskState 5?slave_id:SlaveID 7?executor_id:ExecutorID 12?labels:Labels 13?container_status:ContainerStatus 14?unreachable_time:TimeInfo>=1.1.0 16?limitation:TaskResourceLimitation>=1.5.0
HealthCheck = 1?http:HealthCheck.HTTPCheckInfo 7?command:CommandInfo 9?tcp:HealthCheck.TCPCheckInfo
KillPolicy = 1?grace_period:DurationInfo
Task.LimitsEntry = 2?value:Value.Scalar
internal.StatusUpdate = 1!framework_id:FrameworkID 2?executor_id:ExecutorID 3?slave_id:SlaveID 4!status:TaskStatus 5!timestamp
Value.Scalar = 1!value
Value.Ranges = 1*range:Value.Range
Resource.DiskInfo = 1?persistence:Resource.DiskInfo.Persistence 2?volume:Volume 3?source:Resource.DiskInfo.Source
Resource.ReservationInfo = 2?labels:Labels
ResourceProviderID = 1!value
Value.Text = 1!value
DomainInfo.FaultDomain = 1!region:DomainInfo.FaultDomain.RegionInfo 2!zone:DomainInfo.FaultDomain.ZoneInfo
Label = 1!key
OfferFilters = 1?min_allocatable_resources:OfferFilters.MinAllocatableResources
CommandInfo.URI = 1!value
Environment = 1*variables:Environment.Variable
Volume = 1!container_path 3!mode:Volume.Mode 4?image:Image 5?source:Volume.Source>=1.0.0
ContainerInfo.DockerInfo = 1!image 3*port_mappings:ContainerInfo.DockerInfo.PortMapping 5*parameters:Parameter
ContainerInfo.MesosInfo = 1?image:Image
NetworkInfo = 4?labels:Labels 7*port_mappings:NetworkInfo.PortMapping>=1.1.0
TTYInfo = 1?window_size:TTYInfo.WindowSize
Ports = 1*ports:Port
ContainerStatus = 1*network_infos:NetworkInfo 4?container_id:ContainerID>=1.2.0
TimeInfo = 1!nanoseconds
TaskResourceLimitation = 1*resources:Resource
HealthCheck.HTTPCheckInfo = 1!port
HealthCheck.TCPCheckInfo = 1!port
Value.Range = 1!begin 2!end
Resource.DiskInfo.Persistence = 1!id
Resource.DiskInfo.Source = 1!type:Resource.DiskInfo.Source.Type 2?path:Resource.DiskInfo.Source.Path 3?mount:Resource.DiskInfo.Source.Mount 5?metadata:Labels>=1.5.0
DomainInfo.FaultDomain.RegionInfo = 1!name
DomainInfo.FaultDomain.ZoneInfo = 1!name
OfferFilters.MinAllocatableResources = 1*quantities:OfferFilters.ResourceQuantities
Environment.Variable = 1!name 2!value<1.2.0 4?secret:Secret>=1.4.0
Image = 1!type:Image.Type 2?appc:Image.Appc 3?docker:Image.Docker
Volume.Source = 2?docker_volume:Volume.Source.DockerVolume 3?sandbox_path:Volume.Source.SandboxPath>=1.1.0 4?secret:Secret>=1.4.0 5?host_path:Volume.Source.HostPath>=1.5.0 6?csi_volume:Volume.Source.CSIVolume>=1.11.0
ContainerInfo.DockerInfo.PortMapping = 1!host_port 2!container_port
Parameter = 1!key 2!value
NetworkInfo.PortMapping = 1!host_port 2!container_port
TTYInfo.WindowSize = 1!rows 2!columns
Port = 1!number 5?labels:Labels
ContainerID = 1!value 2?parent:ContainerID
Resource.DiskInfo.Source.Path = 1!root<1.4.0
Resource.DiskInfo.Source.Mount = 1!root<1.4.0
OfferFilters.ResourceQuantities = 1*quantities:OfferFilters.ResourceQuantities.QuantitiesEntry
Secret = 2?reference:Secret.Reference 3?value:Secret.Value
Image.Appc = 1!name 3?labels:Labels
Image.Docker = 1!name 2?credential:Credential 3?config:Secret>=1.4.0
Volume.Source.DockerVolume = 2!name 3?driver_options:Parameters
Volume.Source.SandboxPath = 2!path
Volume.Source.HostPath = 1!path
Volume.Source.CSIVolume = 1!plugin_name 2?static_provisioning:Volume.Source.CSIVolume.StaticProvisioning
OfferFilters.ResourceQuantities.QuantitiesEntry = 2?value:Value.Scalar
Secret.Reference = 1!name
Secret.Value = 1!data
Credential = 1!principal
Parameters = 1*parameter:Parameter
Volume.Source.CSIVolume.StaticProvisioning = 1!volume_id 2!volume_capability:Volume.Source.CSIVolume.VolumeCapability 3*node_stage_secrets:Volume.Source.CSIVolume.StaticProvisioning.NodeStageSecretsEntry 4*node_publish_secrets:Volume.Source.CSIVolume.StaticProvisioning.NodePublishSecretsEntry
Volume.Source.CSIVolume.VolumeCapability = 3!access_mode:Volume.Source.CSIVolume.VolumeCapability.AccessMode
Volume.Source.CSIVolume.StaticProvisioning.NodeStageSecretsEntry = 2?value:Secret
Volume.Source.CSIVolume.StaticProvisioning.NodePublishSecretsEntry = 2?value:Secret
Volume.Source.CSIVolume.VolumeCapability.AccessMode = 1!mode:Volume.Source.CSIVolume.VolumeCapability.AccessMode.Mode
enum ContainerInfo.Type = 1,2
enum DiscoveryInfo.Visibility = 0,1,2
enum Image.Type = 1,2
enum Resource.DiskInfo.Source.Type = 1,2 0>=1.4.0 3,4>=1.5.0
enum TaskState = 0,1,2,3,4,5,6,7,8 9,10,11,12,13>=1.1.0
enum Value.Type = 0,1,2,3
enum Volume.Mode = 1,2
enum Volume.Source.CSIVolume.VolumeCapability.AccessMode.Mode = 0,1,2,3,4,5
enum internal.StatusUpdateRecord.Type = 0,1
`;
