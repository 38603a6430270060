//go:build tools

// Package tools keeps the command that is built here in go.mod and go.sum.
package tools

import _ "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi"
