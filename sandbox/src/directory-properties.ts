/** Names of the properties of directory objects, as the metadata (CSDL) of each version has them (the typed SDKs are made from it). */

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== "");

/** Group properties that come without `$select` (Microsoft Graph: group resource, metadata of v1.0). */
export const groupDefaults = words(`
  id deletedDateTime classification createdDateTime creationOptions description displayName
  expirationDateTime groupTypes isAssignableToRole mail mailEnabled mailNickname membershipRule
  membershipRuleProcessingState onPremisesDomainName onPremisesLastSyncDateTime
  onPremisesNetBiosName onPremisesProvisioningErrors onPremisesSamAccountName
  onPremisesSecurityIdentifier onPremisesSyncEnabled preferredDataLocation preferredLanguage
  proxyAddresses renewedDateTime resourceBehaviorOptions resourceProvisioningOptions
  securityEnabled securityIdentifier serviceProvisioningErrors theme uniqueName visibility`);

/** Only with `$select`; most of them Exchange's, for Microsoft 365 groups. */
const groupExtras = words(`
  accessType allowExternalSenders assignedLabels assignedLicenses autoSubscribeNewMembers
  hasMembersWithLicenseErrors hideFromAddressLists hideFromOutlookClients infoCatalogs isArchived
  isFavorite isManagementRestricted isSubscribedByMail licenseProcessingState
  onPremisesExtensionAttributes organizationId unseenConversationsCount unseenCount
  unseenMessagesCount welcomeMessageEnabled onPremisesObjectIdentifier`);

export const groupProperties: readonly string[] = [...groupDefaults, ...groupExtras];

export const groupBetaProperties: readonly string[] = words(`
  cloudLicensing createdByAppId disableNesting membershipRuleProcessingStatus
  writebackConfiguration`);

export const groupCollections: readonly string[] = words(`
  creationOptions groupTypes onPremisesProvisioningErrors proxyAddresses resourceBehaviorOptions
  resourceProvisioningOptions serviceProvisioningErrors assignedLabels assignedLicenses infoCatalogs`);

export const userDefaults = words(`
  businessPhones displayName givenName jobTitle mail mobilePhone officeLocation preferredLanguage
  surname userPrincipalName id`);

export const userProperties: readonly string[] = [
  ...userDefaults,
  ...words(`
  aboutMe accountEnabled ageGroup assignedLicenses assignedPlans authorizationInfo birthday city
  companyName consentProvidedForMinor country createdDateTime creationType
  customSecurityAttributes deletedDateTime department deviceEnrollmentLimit employeeHireDate
  employeeId employeeLeaveDateTime employeeOrgData employeeType externalUserState
  externalUserStateChangeDateTime faxNumber hireDate identities imAddresses interests
  isManagementRestricted isResourceAccount lastPasswordChangeDateTime
  legalAgeGroupClassification licenseAssignmentStates mailboxSettings mailNickname mySite
  onPremisesDistinguishedName onPremisesDomainName onPremisesExtensionAttributes
  onPremisesImmutableId onPremisesLastSyncDateTime onPremisesProvisioningErrors
  onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled
  onPremisesUserPrincipalName otherMails passwordPolicies passwordProfile pastProjects postalCode
  preferredDataLocation preferredName provisionedPlans proxyAddresses responsibilities schools
  securityIdentifier serviceProvisioningErrors showInAddressList signInActivity
  signInSessionsValidFromDateTime skills state streetAddress usageLocation userType`),
];

export const userBetaProperties: readonly string[] = words(`
  cloudRealtimeCommunicationInfo deviceKeys infoCatalogs isLicenseReconciliationNeeded
  onPremisesSipInfo refreshTokensValidFromDateTime`);

export const servicePrincipalProperties: readonly string[] = words(`
  id deletedDateTime accountEnabled addIns alternativeNames appDescription appDisplayName appId
  applicationTemplateId appOwnerOrganizationId appRoleAssignmentRequired appRoles createdByAppId
  createdDateTime customSecurityAttributes description disabledByMicrosoftStatus displayName
  homepage info isDisabled keyCredentials loginUrl logoutUrl notes notificationEmailAddresses
  oauth2PermissionScopes passwordCredentials preferredSingleSignOnMode
  preferredTokenSigningKeyThumbprint replyUrls resourceSpecificApplicationPermissions
  samlSingleSignOnSettings servicePrincipalNames servicePrincipalType signInAudience tags
  tokenEncryptionKeyId verifiedPublisher`);

export const servicePrincipalBetaProperties: readonly string[] = words(`
  errorUrl passwordSingleSignOnSettings preferredTokenSigningKeyEndDateTime
  publishedPermissionScopes publisherName samlMetadataUrl`);

export const deviceProperties: readonly string[] = words(`
  id deletedDateTime accountEnabled alternativeSecurityIds approximateLastSignInDateTime
  complianceExpirationDateTime createdDateTime deviceCategory deviceId deviceMetadata
  deviceOwnership deviceVersion displayName enrollmentProfileName enrollmentType isCompliant
  isManaged isManagementRestricted isRooted managementType manufacturer mdmAppId model
  onPremisesLastSyncDateTime onPremisesSecurityIdentifier onPremisesSyncEnabled operatingSystem
  operatingSystemVersion physicalIds profileType registrationDateTime systemLabels trustType`);

export const deviceBetaProperties: readonly string[] = words(`
  alternativeNames domainName extensionAttributes hostnames kind name platform status`);

export const applicationProperties: readonly string[] = words(`
  id deletedDateTime addIns api appId applicationTemplateId appRoles authenticationBehaviors
  certification createdByAppId createdDateTime defaultRedirectUri description
  disabledByMicrosoftStatus displayName groupMembershipClaims identifierUris info
  isDeviceOnlyAuthSupported isDisabled isFallbackPublicClient keyCredentials
  nativeAuthenticationApisEnabled notes oauth2RequirePostResponse optionalClaims
  parentalControlSettings passwordCredentials publicClient publisherDomain
  requestSignatureVerification requiredResourceAccess samlMetadataUrl serviceManagementReference
  servicePrincipalLockConfiguration signInAudience spa tags tokenEncryptionKeyId uniqueName
  verifiedPublisher web`);
